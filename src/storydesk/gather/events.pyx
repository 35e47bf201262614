"""What expat tells of a feed, taken where it tells it: in C.

Python's own binding makes objects and a call for each tag. Here the parser is the same, the one that Python carries,
reached by the table that ``pyexpat`` offers to other parsers (``pyexpat.h``; the accelerator of ElementTree is built on
it). The table has no functions for what a document declares, so a document with a DOCTYPE is left to the binding.
"""

from cpython.pycapsule cimport PyCapsule_Import
from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.string cimport memchr, memcpy, strcmp, strlen

from storydesk.gather.elements cimport Builder

cdef extern from *:
    """
    typedef struct {
        const char *magic;
        int size, major, minor, micro;
        void *ErrorString;
        int (*GetErrorCode)(void *parser);
        void *GetErrorColumnNumber, *GetErrorLineNumber;
        int (*Parse)(void *parser, const char *data, int length, int last);
        void *(*ParserCreate_MM)(const char *encoding, const void *memory, const char *separator);
        void (*ParserFree)(void *parser);
        void (*SetCharacterDataHandler)(void *parser, void (*words)(void *, const char *, int));
        void *SetCommentHandler, *SetDefaultHandlerExpand;
        void (*SetElementHandler)(void *parser, void (*start)(void *, const char *, const char **),
                                  void (*end)(void *, const char *));
        void *SetNamespaceDeclHandler, *SetProcessingInstructionHandler, *SetUnknownEncodingHandler;
        void (*SetUserData)(void *parser, void *listener);
        void (*SetStartDoctypeDeclHandler)(void *parser, void (*doctype)(void *, const char *, const char *,
                                                                         const char *, int));
    } Expat;
    """
    ctypedef void (*Started)(void*, const char*, const char**) noexcept
    ctypedef void (*Ended)(void*, const char*) noexcept
    ctypedef void (*Worded)(void*, const char*, int) noexcept
    ctypedef void (*Declared)(void*, const char*, const char*, const char*, int) noexcept
    ctypedef struct Expat:
        const char* magic
        int size
        int GetErrorCode(void*)
        int Parse(void*, const char*, int, int)
        void* ParserCreate_MM(const char*, const void*, const char*)
        void ParserFree(void*)
        void SetCharacterDataHandler(void*, Worded)
        void SetElementHandler(void*, Started, Ended)
        void SetUserData(void*, void*)
        void SetStartDoctypeDeclHandler(void*, Declared)

__all__ = ["Declares", "tell"]

cdef const Expat* expat = <const Expat*> PyCapsule_Import("pyexpat.expat_CAPI", 0)
if strcmp(expat.magic, "pyexpat.expat_CAPI 1.1") or expat.size < <int> sizeof(Expat):
    raise ImportError("this Python's expat has another table")

cdef enum:
    ROOM = 16384
    NO_MEMORY = 1  # expat.h, enum XML_Error
    JUNK_AFTER_DOC_ELEMENT = 9
    UNDEFINED_ENTITY = 11
    LONGEST = 2147483647

cdef dict NONE = {}


class Declares(Exception):
    """The document may have declarations of its own, or means those of HTML: what it says needs the whole of expat."""


cdef class Listener:
    """Hands on to ``builder`` what expat tells; ``failed`` is what was raised meanwhile, after which it hears no more."""

    cdef Builder builder
    cdef object failed
    cdef void* parser
    cdef int length
    cdef char[ROOM] words  # since the last tag

    def __cinit__(self, Builder builder):
        self.builder = builder
        self.parser = expat.ParserCreate_MM("utf-8", NULL, " ")
        if self.parser == NULL:
            raise MemoryError
        expat.SetUserData(self.parser, <void*> self)
        expat.SetElementHandler(self.parser, started, ended)
        expat.SetCharacterDataHandler(self.parser, worded)
        expat.SetStartDoctypeDeclHandler(self.parser, declared)

    def __dealloc__(self):
        if self.parser != NULL:
            expat.ParserFree(self.parser)

    cdef flush(self):
        if self.length:
            if self.builder.clean and controls(self.words, self.length):
                self.builder.clean = False
            self.builder.parts.append(PyUnicode_DecodeUTF8(self.words, self.length, NULL))
            self.length = 0

    cdef void fail(self, error) noexcept:
        self.failed = error
        self.length = 0
        expat.SetElementHandler(self.parser, NULL, NULL)
        expat.SetCharacterDataHandler(self.parser, NULL)


cdef inline bint controls(const char* words, int length) noexcept:
    """Whether a control character of ISO 8859-1 is among them: two bytes in UTF-8, C2 and one from 80 to 9F."""
    cdef const char* end = words + length
    cdef const char* at = <const char*> memchr(words, 0xC2, length)
    while at != NULL and at + 1 < end:
        if <unsigned char> at[1] < 0xA0:
            return True
        at = <const char*> memchr(at + 1, 0xC2, end - at - 1)
    return False


cdef inline str text(const char* written):
    return PyUnicode_DecodeUTF8(written, strlen(written), NULL)


cdef void started(void* listener, const char* name, const char** attributes) noexcept:
    cdef Listener heard = <Listener> listener
    cdef dict said
    try:
        heard.flush()
        said = NONE if attributes[0] == NULL else {}
        while attributes[0] != NULL:
            said[text(attributes[0])] = text(attributes[1])
            attributes += 2
        heard.builder.start(text(name), said)
    except BaseException as error:
        heard.fail(error)


cdef void ended(void* listener, const char* name) noexcept:
    cdef Listener heard = <Listener> listener
    try:
        heard.flush()
        heard.builder.end()
    except BaseException as error:
        heard.fail(error)


cdef void worded(void* listener, const char* words, int length) noexcept:
    cdef Listener heard = <Listener> listener
    try:
        if heard.length + length > ROOM:
            heard.flush()
        if length > ROOM:
            heard.builder.clean = False
            heard.builder.parts.append(PyUnicode_DecodeUTF8(words, length, NULL))
        else:
            memcpy(heard.words + heard.length, words, length)
            heard.length += length
    except BaseException as error:
        heard.fail(error)


cdef void declared(void* listener, const char* name, const char* system, const char* public, int subset) noexcept:
    (<Listener> listener).fail(Declares())


def tell(bytes data, Builder builder):
    """Whether ``builder`` has had the whole of a document in UTF-8; it has had what comes before the first fault.

    Raises Declares where that is a document type or an entity that XML does not know, MemoryError, and what ``builder``
    raises.
    """
    cdef Listener listener = Listener(builder)
    builder.clean = True
    if len(data) > LONGEST:
        raise Declares
    whole = expat.Parse(listener.parser, data, <int> len(data), 1)
    if listener.failed is not None:
        raise listener.failed
    error = expat.GetErrorCode(listener.parser)
    if not whole and error == NO_MEMORY:
        raise MemoryError
    if not whole and error == UNDEFINED_ENTITY:
        raise Declares
    return bool(whole) or (error == JUNK_AFTER_DOC_ELEMENT and bool(builder.entries))
