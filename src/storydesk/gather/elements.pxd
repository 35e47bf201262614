cimport cython

@cython.final
cdef class Record:
    cdef readonly dict texts, attributes
    cdef public object base, language

    @cython.locals(texts=dict, path=str)
    cpdef str first(self, paths)

    cpdef all(self, str path)


@cython.final
cdef class Builder:
    cdef readonly Record head
    cdef readonly list entries
    cdef readonly object data
    cdef public bint clean
    cdef list parts, _stack, _records, _bases, _languages, _inside
    cdef object _url, _own
    cdef dict _names, _texts
    cdef frozenset _asked
    cdef Record _record
    cdef Py_ssize_t _most, _depth, _flushed
    cdef bint _scopes, _markup

    cdef str _named(self, str name)
    cdef _open(self, str tag, dict attributes)
    cdef _close_record(self)
    cdef _leave_scopes(self)
    cdef _attributes(self, str tag, dict attributes)
    cdef _inherit(self, str tag, dict attributes)
    cdef str _path(self, str tag)
    cdef str _settled(self, str path, str text)
    cdef _open_markup(self, str name, dict attributes)
    cdef bint _close_markup(self) except -1
    cdef _escape(self)

    @cython.locals(tag=str, stack=list, parts=list)
    cpdef start(self, str name, dict attributes)

    @cython.locals(parts=list, tag=str, path=str, text=str, texts=dict)
    cpdef end(self, str _name=*)

cdef str _local(str name)
