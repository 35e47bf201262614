cimport cython
from storydesk.gather.elements cimport Record
from storydesk.gather.parsed cimport absolute, moment, plain, title_line

cdef tuple TITLE, SUMMARY, CONTENT, PUBLISHED, UPDATED, AUTHOR, THUMBNAIL, MEDIA, PLAYER, HREF, URL

@cython.locals(texts=dict, base=str, name=str, link=str, title=str, summary=str, content=str, shown=str)
cdef _entry(Record record, str url, now, head)

@cython.locals(written=str, links=list, link=dict)
cdef str _link(Record record)

@cython.locals(guid=str, name=str)
cdef str _permanent(Record record)

@cython.locals(texts=dict)
cdef _moment(Record record, tuple names, now)

@cython.locals(texts=dict, text=str)
cdef str _markup(Record record, tuple paths)

@cython.locals(kind=str)
cdef str _decoded(str text, dict says)

@cython.locals(description=str, content=str, summary=str)
cdef tuple _words(Record record)

@cython.locals(name=str)
cdef _author(Record record)

cdef str _person(str name)

@cython.locals(name=str, links=list, link=dict)
cdef tuple _publisher(Record record, str base, str title)

@cython.locals(medium=dict, kind=str)
cdef str _picture(Record record)

@cython.locals(found=str)
cdef _video(Record record, str base, address, head)

@cython.locals(element=dict)
cdef str _first(elements, tuple names)
