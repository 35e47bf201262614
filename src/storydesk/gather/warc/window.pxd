cimport cython

@cython.final
cdef class Window:
    cdef object _stream
    cdef list _kept
    cdef bytes _ahead
    cdef long long _base, _kept_from, _mark
    cdef readonly bytes data
    cdef public Py_ssize_t pos
    cdef readonly object broken

    cpdef mark(self)
    cpdef bint back(self, long long at) except -1

    @cython.locals(have=Py_ssize_t, pieces=list, piece=bytes)
    cpdef bint fill(self, Py_ssize_t count) except -1

    @cython.locals(data=bytes, start=Py_ssize_t, at=cython.longlong, rest=list)
    cpdef take(self, Py_ssize_t count)

    @cython.locals(have=Py_ssize_t)
    cpdef bint skip(self, long long count, see=*) except -1

    cpdef bint more(self) except -1
    cdef _keep(self, bytes piece)
    cdef bytes _read(self, Py_ssize_t most=*)
