cimport cython

from storydesk.read.outline cimport Block

cdef long FOOTER, FOOTERS
cdef Py_ssize_t MENU_ITEMS, MENU_WORDS
cdef double ALL_LINK


@cython.locals(found=list, menu=list, place=Py_ssize_t, block=Block)
cpdef list candidates(list blocks)
