cimport cython


@cython.locals(at=Py_ssize_t, row=Py_ssize_t, column=Py_ssize_t)
cdef _add_rows(bags, dict numbers, float[:, ::1] table, float[:, ::1] sums)
