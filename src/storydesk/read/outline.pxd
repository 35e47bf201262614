cimport cython

cdef long LINK, STRONG, MARKED


@cython.locals(
    tags=list, kept=list, parents=list, inside=list, around=list, kinds=dict, kind=_Kind, run=_Run, path=_Path,
    broken=Py_ssize_t, walked=Py_ssize_t, parent=Py_ssize_t, column=Py_ssize_t,
)
cdef _walk(root, found, Py_ssize_t breaks)


@cython.locals(found=list, seen=set, column=Py_ssize_t)
cdef _around(list parents, list elements)


cdef class _Kind:
    cdef bint is_text, is_break, is_unseen, edge
    cdef str tag
    cdef long bits


cdef class Block:
    cdef public Py_ssize_t element, opened, linked, links, strong
    cdef public long inside
    cdef public str text


cdef class _Path:
    cdef public Py_ssize_t parent
    cdef list _above, _columns

    cdef following(self, node, Py_ssize_t column)


cdef class _Run:
    cdef public bint gap
    cdef public list parts
    cdef Block _block
    cdef list _blocks

    @cython.locals(block=Block)
    cdef add(self, str text, Py_ssize_t element, Py_ssize_t opened, long inside)

    @cython.locals(text=str)
    cdef close(self)
