cimport cython
from storydesk.gather.times cimport read_time

cdef frozenset BREAKS, UNREAD
cdef tuple SPACES, WEB

@cython.locals(text=str, part=str, line=str)
cpdef str plain(str markup)

cdef str _cut(str markup)

@cython.locals(space=str)
cdef str _tidied(str line)

@cython.locals(bare=str, read=str, unread=bint)
cdef str _without_tags(str text)

@cython.locals(begun=list, pieces=list, unread=bint, end=Py_ssize_t, at=Py_ssize_t, piece=str, name=str)
cdef tuple _taken_out(str text)

@cython.locals(stop=Py_ssize_t, capitals=bint)
cdef str _tag_name(str inside, Py_ssize_t end)

@cython.locals(pieces=list, at=Py_ssize_t)
cdef str _resolved(str text)

@cython.locals(line=str)
cpdef str title_line(str markup)

cpdef absolute(link, str base)
cpdef moment(value, now)
