cimport cython

cdef bytes KINDS
cdef int NEITHER, LETTER, DIGIT, SIGN, CAPITAL, SMALL


@cython.locals(found=list, begins=Py_ssize_t, at=Py_ssize_t, open_kind=int, kind=int, letter=Py_UCS4)
cpdef list words_in(str text)


cdef int _kind(Py_UCS4 letter)


cpdef list ends(str text)


@cython.locals(
    found=list, begins=Py_ssize_t, ends=Py_ssize_t, at=Py_ssize_t, before=int, kind=int, letter=Py_UCS4,
)
cpdef list words_of_name(str name)
