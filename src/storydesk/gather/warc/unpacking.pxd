cimport cython

cdef _clear_registers()

@cython.final
cdef class Plain:
    cdef object _file
    cdef long long _start

    cpdef bytes read(self, Py_ssize_t most=*)
    cpdef position(self, long long at)
    cpdef bint recover(self) except -1

@cython.final
cdef class Unpacked:
    cdef object _file, _form, _frame, _broken, _frames
    cdef bint _by_isal, _full
    cdef long long _at, _read_to
    cdef bytes _input
    cdef Py_ssize_t _used, _step, _given

    @cython.locals(piece=bytes)
    cpdef bytes read(self, Py_ssize_t most=*)

    cpdef position(self, long long at)
    cpdef bint recover(self) except -1
    cdef _go_to(self, long long offset)

    @cython.locals(data=bytes, piece=bytes)
    cdef bytes _read(self, Py_ssize_t most)

    cdef bytes _unpack(self, frame, bytes data, Py_ssize_t most)
    cdef _break(self, reason)
    cdef bytes _next_input(self)
    cdef bint _fill(self) except -1
    cdef _begin(self)
