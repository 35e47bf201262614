cimport cython

cdef dict MONTHS

cpdef read_time(str text)

cdef _iso(str text)

@cython.locals(month=str, zone=str, offset=str)
cdef _usual(str text)
