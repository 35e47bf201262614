cimport cython

from storydesk.read.outline cimport Block


@cython.locals(
    block=Block, text=str, at=Py_ssize_t, length=Py_ssize_t, linked=Py_ssize_t, words=Py_ssize_t,
)
cdef _measure(list blocks, list texts, long[::1] element, long[::1] opened, double[:, ::1] measures)


@cython.locals(column=Py_ssize_t, above=long)
cdef _nest(list parents, long[::1] parent, long[::1] depth)


@cython.locals(at=Py_ssize_t, column=Py_ssize_t, level=Py_ssize_t)
cdef _enclose(long[::1] element, long[::1] parent, long[:, ::1] chains, long[::1] first, long[::1] after)


@cython.locals(ordered=cython.long[::1], place=Py_ssize_t, at=Py_ssize_t, level=Py_ssize_t)
cdef _place(long[:, ::1] chains, long[::1] enclosing, Py_ssize_t elements, long[:, ::1] places)


@cython.locals(parents=dict, grandparents=dict, looks=dict, at=Py_ssize_t, above=long, pair=long)
cdef _group(long[::1] element, long[::1] parent, long[:, ::1] places, long[::1] look, long[:, ::1] groups)


@cython.locals(attributes=dict, looks=dict, look=list, marks=list, element=Py_ssize_t)
cdef _described(outline, list enclosing)


@cython.locals(found=tuple)
cdef tuple _marks(dict attributes)
