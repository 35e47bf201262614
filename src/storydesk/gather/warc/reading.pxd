cimport cython
from storydesk.gather.warc.fields cimport ends, simple_fields
from storydesk.gather.warc.window cimport Window

@cython.final
cdef class _Reader:
    cdef object _file, _stream, _position
    cdef bint _verify
    cdef Window _window

    @cython.locals(window=Window, fields=dict, length=Py_ssize_t)
    cpdef next(self)

    cdef _go_to(self, position)

    @cython.locals(window=Window)
    cdef _pass_newlines(self)

    @cython.locals(window=Window, have=Py_ssize_t, stop=Py_ssize_t, end=Py_ssize_t, begin=Py_ssize_t, fields=dict)
    cdef _head(self)

    cdef _ending(self)

    @cython.locals(window=Window, at=cython.longlong, kept=Py_ssize_t)
    cdef _record(self, position, dict fields, Py_ssize_t head, long long length)

    @cython.locals(window=Window, at=cython.longlong, ended=bint, least=Py_ssize_t)
    cdef _end(self, position)

    cdef _damage(self, position, long long at, reason)

@cython.locals(kind=str, body=bytes)
cdef _record(position, after, dict fields, block, bint cut)
