cimport cython


@cython.locals(named=str, maybe=bint)
cdef bint _is_named_comment(dict attributes, str tag)
