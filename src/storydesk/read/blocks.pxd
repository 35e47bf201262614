cimport cython


@cython.locals(at=Py_ssize_t, level=Py_ssize_t, place=long, column=Py_ssize_t)
cdef _add_places(float[:, ::1] marks, long[:, :] places, float[:, ::1] sums)


@cython.locals(at=Py_ssize_t, column=Py_ssize_t)
cdef _add_around(float[:, ::1] given, Py_ssize_t step, float[:, ::1] seen)


@cython.locals(
    wide=Py_ssize_t, count=Py_ssize_t, at=Py_ssize_t, column=Py_ssize_t, group=Py_ssize_t, share=float,
    sums=cython.float[:, ::1], totals=cython.float[::1],
)
cdef _means(float[:, ::1] state, long[::1] groups, float[::1] weight)


@cython.locals(at=Py_ssize_t, column=Py_ssize_t, group=Py_ssize_t)
cdef _add_of_group(float[:, ::1] given, long[::1] groups, float[:, ::1] seen)
