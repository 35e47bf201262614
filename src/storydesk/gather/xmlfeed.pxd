cimport cython
from storydesk.gather.elements cimport Record
from storydesk.gather.parsed cimport absolute, moment, plain, title_line

@cython.locals(texts=dict, base=str)
cdef _entry(Record record, str url, now, head)

cdef str _link(Record record)
cdef str _permanent(Record record)

@cython.locals(texts=dict)
cdef _moment(Record record, tuple names, now)

@cython.locals(texts=dict, text=str)
cdef str _markup(Record record, tuple paths)

cdef tuple _words(Record record)
cdef _author(Record record)
cdef str _person(str name)
cdef tuple _publisher(Record record, str base, str title)
cdef str _picture(Record record)
cdef _video(Record record, str base, address, head)
