cimport cython

cdef bytes KINDS
cdef int NEITHER, LETTER, DIGIT, SIGN


@cython.locals(found=list, begins=Py_ssize_t, at=Py_ssize_t, open_kind=int, kind=int, letter=Py_UCS4)
cpdef list words_in(str text)


cdef int _kind(Py_UCS4 letter)


cpdef list ends(str text)
