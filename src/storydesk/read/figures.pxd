cimport cython

from storydesk.read.outline cimport Block

cdef int AROUND, SAMPLED, HIGHEST, IN_HEADLINE, IN_DESCRIPTION
cdef bytes TABLE, ANYWHERE_BITS


@cython.locals(
    block=Block, table=bytes, text=str, kinds=Py_ssize_t, at=Py_ssize_t, place=Py_ssize_t, column=Py_ssize_t,
    sampled=Py_ssize_t, letter=Py_UCS4, length=double,
)
cdef Py_ssize_t _of_text(
    list blocks, list texts, double[::1] words, double[::1] chars, double[::1] linked, float[:, ::1] out
)


@cython.locals(count=Py_ssize_t, at=Py_ssize_t, before=cython.double[:, ::1])
cdef _sums(double[::1] words, double[::1] linked, double[::1] chars, double[::1] prose)


@cython.locals(
    count=Py_ssize_t, at=Py_ssize_t, behind=Py_ssize_t, last=Py_ssize_t, following=Py_ssize_t, all_words=double,
    all_prose=double,
)
cdef Py_ssize_t _of_place(
    double[:, ::1] sums, long[::1] depth, long[::1] element, float[:, ::1] out, Py_ssize_t first
)


@cython.locals(
    count=Py_ssize_t, at=Py_ssize_t, level=Py_ssize_t, element=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t,
    blocks=Py_ssize_t, column=Py_ssize_t, all_prose=double, words=double, linked=double, chars=double, prose=double,
)
cdef Py_ssize_t _of_enclosing(
    long[:, ::1] chains, long[::1] begins, long[::1] after, double[:, ::1] sums, float[:, ::1] out, Py_ssize_t first
)


@cython.locals(
    begins=cython.long[::1], after=cython.long[::1], depth=cython.long[::1], element=cython.long[::1], all_prose=double,
    least=double, held=double, main=Py_ssize_t, column=Py_ssize_t, at=Py_ssize_t,
)
cdef Py_ssize_t _of_mains(page, double[:, ::1] sums, float[:, ::1] out, Py_ssize_t first)


@cython.locals(
    parent=cython.long[::1], element=cython.long[::1], prose=cython.double[::1], held=cython.double[:, ::1],
    all_prose=double, at=Py_ssize_t, above=Py_ssize_t, grandparent=Py_ssize_t, column=Py_ssize_t, fullest=Py_ssize_t,
    begins=Py_ssize_t, after=Py_ssize_t,
)
cdef Py_ssize_t _of_container(page, double[:, ::1] sums, float[:, ::1] out, Py_ssize_t first)


@cython.locals(
    held=cython.double[:, ::1], all_prose=double, count=Py_ssize_t, at=Py_ssize_t, measure=Py_ssize_t, look=Py_ssize_t,
)
cdef Py_ssize_t _of_look(long[::1] looks, double[:, ::1] sums, float[:, ::1] out, Py_ssize_t first)


@cython.locals(
    enclosing=cython.long[::1], parent=cython.long[::1], look=cython.long[::1], chains=cython.long[:, ::1],
    repeats=cython.double[:, ::1], begun=dict, looks=long, kind=long, before=long, place=Py_ssize_t, at=Py_ssize_t,
    level=Py_ssize_t, element=Py_ssize_t,
)
cdef Py_ssize_t _of_repeats(page, float[:, ::1] out, Py_ssize_t first)


@cython.locals(tag=str, begun=Py_ssize_t, walked=Py_ssize_t, at=Py_ssize_t)
cdef Py_ssize_t _of_begun(list tags, long[::1] opened, float[:, ::1] out, Py_ssize_t first)


@cython.locals(
    texts=list, blocks=list, tags=list, said=dict, times=dict, own=list, text=str, body=str, at=Py_ssize_t, heading=Py_ssize_t,
    least=Py_ssize_t, with_headline=Py_ssize_t, with_description=Py_ssize_t, alike=double, closest=double,
)
cdef Py_ssize_t _of_headline(page, list words, tuple declared, float[:, ::1] out, Py_ssize_t first)


cdef dict _said(str headline, str description)


@cython.locals(
    block=Block, around=long, anywhere=long, at=Py_ssize_t, bit=Py_ssize_t, place=Py_ssize_t, column=Py_ssize_t,
    kind=Py_ssize_t,
)
cdef _of_tags(list blocks, list tags, list inside, float[:, ::1] out, Py_ssize_t first)
