cimport cython


@cython.locals(ordered=cython.long[::1], place=Py_ssize_t, at=Py_ssize_t, level=Py_ssize_t)
cdef _place(long[:, ::1] chains, long[::1] enclosing, Py_ssize_t elements, long[:, ::1] places)


@cython.locals(parents=dict, grandparents=dict, looks=dict, at=Py_ssize_t, above=long, pair=long)
cdef _group(long[::1] element, long[::1] parent, long[:, ::1] places, long[::1] look, long[:, ::1] groups)
