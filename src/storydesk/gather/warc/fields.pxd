cimport cython

cdef dict ASKED

@cython.locals(head=bytes, lines=list, found=dict, breaks=Py_ssize_t, colon=Py_ssize_t, line=bytes, value=bytes)
cpdef simple_fields(bytes data, Py_ssize_t start, Py_ssize_t stop)

@cython.locals(end=Py_ssize_t, bare=Py_ssize_t)
cpdef tuple ends(bytes data, Py_ssize_t start, Py_ssize_t stop)
