"""What the furniture of a page says of itself, in the languages of the European and American press.

Each cue is weak: it is looked for only in short blocks, and what becomes of a block is decided together with its shape and its
place (:mod:`storydesk.read.plain.segments`). The words are those that content systems and newspapers print by default.
"""

from __future__ import annotations

import re
from typing import Literal

from storydesk.read.plain.lines import Block

__all__ = ["Cue", "cue", "named_by"]

Cue = Literal["related", "inline related", "profile", "background", "comments", "call", "chrome", "carrier", "form"]

HEADING_WORDS = 12
"""A heading has at most as many words, a name included."""

NOTICE_WORDS = 60
"""A notice (cookies, a call for comments) has at most as many."""


def _any(*patterns: str, whole: bool = False) -> re.Pattern[str]:
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(rf"(?:{joined})\W*$" if whole else rf"(?:{joined})", re.I)


RELATED_WORDS = _any(
    r"(?:\d+\s+)?(?:more|recent|latest|other|further|earlier|related|similar|popular|top|trending|recommended|suggested)\s+"
    r"(?:items?|stor(?:y|ies)|articles?|news|posts?|videos?|coverage|reading|headlines?|links?|topics?|content|reports?|pieces?)"
    r"(?:\s+(?:on|from|in|about|by|for|of)\b.*|\s*[:–—-].*)?",
    r"(?:more|recent|latest|also|new)\s+(?:on|from|in|about|by|at)\s+\S.*",
    r"related(?:\s+(?:to|links?|topics?|tags?)\b.*)?",
    r"(?:most|best)\s+(?:read|viewed|popular|shared|watched|commented|recent|discussed)\b.{0,30}",
    r"(?:read|see|watch|also)\s+(?:also|more|next|read|see|watch|further)",
    r"(?:popular|trending|recommended)(?:\s+(?:now|today|for you|this week|on \w+))?",
    r"(?:you|readers|people)\s+(?:may|might|also|could)\b.{0,30}",
    r"(?:what to read|up|read|watch|coming up)\s+next",
    r"(?:editors?['’]?s?|our)\s+(?:picks?|choice)",
    r"(?:in other news|don['’]t miss|keep reading|elsewhere on .*|around the web|from the archives?|from around the web)",
    r"mehr\s+(?:zum thema|zu|aus|von|über)\b.*|zum thema|lesen sie (?:auch|mehr)|auch interessant|das könnte (?:sie|dich|euch)\b.*",
    r"meistgelesen\w*(?: artikel)?|(?:ähnliche|weitere|verwandte|aktuelle)\s+(?:artikel|beiträge|themen|nachrichten|meldungen)",
    r"(?:à )?(?:lire|voir)\s+(?:aussi|également)|sur le même (?:sujet|thème)|les plus (?:lus|consultés|commentés)",
    r"(?:articles?|contenus?|sujets?)\s+(?:liés|similaires|récents|associés|connexes)|dans la même rubrique|plus d['’]articles.*",
    r"(?:te|le) puede interesar|le[ea] también|ver también|más (?:sobre|noticias|leíd[oa]s|en|de)\b.*|lo más (?:leído|visto)",
    r"(?:noticias|artículos|notícias|artigos|conteúdos?|temas)\s+relacionad[oa]s",
    r"leggi anche|vedi anche|articoli (?:correlati|recenti)|potrebbe(?:ro)? interessarti.*|i più letti|altri articoli.*",
    r"leia (?:também|mais)|veja (?:também|mais)|mais (?:sobre|lid[oa]s|notícias)\b.*|saiba mais",
    r"lees (?:ook|meer|verder)|meer (?:over|nieuws|van)\b.*|meest gelezen|gerelateerd\w*(?: \w+)?",
    r"(?:czytaj|zobacz)\s+(?:też|także|również|więcej)|powiązane.*|więcej (?:na temat|o)\b.*|najczęściej czytane|polecane",
    r"(?:читайте|смотрите|читать)\s+(?:также|ещё|еще)|(?:ещё |еще |материалы |больше )?(?:по|на) (?:этой )?тем[еу]",
    r"(?:похожие|другие|последние|связанные)\s+(?:новости|материалы|статьи)|самое читаемое|популярное|рекомендуем",
    r"(?:читайте|дивіться) (?:також|ще)|(?:більше )?(?:за|на) (?:цією )?тем(?:ою|у)|(?:схожі|інші|останні) (?:новини|матеріали)",
    r"läs (?:också|mer|även)|mer om\b.*|mest läst\w*|læs (?:også|mere)|mere om\b.*|mest læste|les (?:også|mer)|mest lest\w*|lue (?:myös|lisää)",
    r"ilgili (?:haberler|konular)|ayrıca (?:okuyun|bakınız)|bunlar da ilginizi.*|en çok okunan\w*",
    whole=True,
)

INLINE_RELATED = _any(
    r"(?:read|see|watch|also)\s+(?:also|more|next|read|see)\s*[:|»>→–—-]",
    r"(?:related|recommended|more)\s*(?:stor(?:y|ies)|articles?|coverage)?\s*[:|»→]",
    r"(?:lesen sie (?:auch|mehr)|(?:à )?lire (?:aussi|également)|le[ea] también|leggi anche|leia (?:também|mais)|lees ook)\s*[:|»→–—-]",
    r"(?:czytaj (?:też|także|również)|читайте также|читайте також|läs (?:också|även)|læs også|les også|lue myös)\s*[:|»→–—-]",
)

PROFILE_WORDS = _any(
    r"about\s+(?:us|(?:the|this|our)\s+(?:source|outlet|publisher|publication|channel|(?:web)?site|newspaper|magazine|company|agency"
    r"|authors?|writers?|contributors?|reporters?))\b.{0,60}",
    r"(?:source|publisher|author|channel|outlet)\s+profile\b.{0,60}|who we are|our mission",
    r"über (?:uns|(?:den|die|das|diese[ns]?)\s+(?:autor\w*|quelle|verlag|zeitung|sender|medium))\b.{0,60}|zur person",
    r"à propos(?: d\w+ .{0,60}| du .{0,60}|)|qui sommes-nous",
    r"(?:sobre|acerca de)\s+(?:nosotros|nós|(?:el|la|o|a|este|esta|los)\s+(?:autor\w*|fuente|fonte|medio|canal|sitio|site|jornal))\b.{0,60}",
    r"chi siamo|(?:informazioni su|l['’]autore)\b.{0,60}|over (?:ons|de (?:auteur|bron|krant|zender))\b.{0,60}",
    r"об? (?:нас|авторе|издании|проекте|сайте|источнике|канале)\b.{0,60}|про (?:нас|автора|видання|джерело)\b.{0,60}",
    r"o (?:nas|autorze|autorce|źródle)\b.{0,60}|om (?:oss|os|författaren|forfatteren|källan|kilden|avisen)\b.{0,60}|hakkımızda",
    whole=True,
)
ABOUT_NAME = re.compile(
    r"(?:About|Über|À propos de|Sobre|Om|Over|Об?|Про)\s+(?:the\s+)?(?-i:[^\W\d_a-zà-ÿа-я])\S*(?:\s+\S+){0,5}:?", re.I
)

BACKGROUND_WORDS = _any(
    r"in this (?:story|article|video|report|item|piece)\s*[:–—-].*",
    r"(?:background|profile|fact ?(?:box|file|sheet)|factbox|explainer|backgrounder|country profile|who['’]s who)\s*[:–—-]\s*\S.*",
    r"(?:hintergrund|steckbrief|zur person|zur sache|stichwort|contexte|repères|contexto|ficha|scheda|achtergrond|kontekst)\s*[:–—-]\s*\S.*",
    r"(?:справка|досье|контекст|кто такой|кто такая|что такое|довідка|контекст|хто такий)\s*[:–—-]\s*\S.*",
    whole=True,
)

COMMENT_NOUN = (
    r"(?:comments?|repl(?:y|ies)|kommentar\w*|leserkommentar\w*|commentaires?|réactions?|comentarios?|comentários?|comment[io]|reacties?"
    r"|komentarz\w*|комментари\w*|коментар\w*|yorum\w*|comentarii|kommentit?)"
)
COMMENT_WORDS = _any(
    rf"(?:\(?\d[\d.,]*\)?\s*)?(?:reader |user |all |view |show |see |read |the )*(?:\(?\d[\d.,]*\)?\s*)?{COMMENT_NOUN}"
    r"\s*(?:[:(\[]?\s*\d[\d.,]*\s*[)\]]?)?",
    r"\d+\s+(?:thoughts?|responses?|reactions?|antworten|réponses?|respuestas?|risposte|reacties|ответ\w*)\b.{0,100}",
    r"(?:leave|post|add|write|submit)\s+(?:a|your)\s+(?:comment|reply|response)\b.{0,30}",
    r"join the (?:conversation|discussion|debate)\b.{0,20}|have your say|comments? (?:section|are (?:open|closed))\b.{0,20}",
    r"(?:schreib\w*|verfass\w*|hinterlass\w*)\s+.{0,20}kommentar\w*|kommentar\s+(?:schreiben|verfassen|hinterlassen|abgeben)|diskutieren sie mit",
    r"(?:laisse[rz]|ajoute[rz]|poste[rz]|écri\w+)\s+un commentaire|réagi(?:r|ssez)(?: à cet article)?|vos (?:réactions|commentaires)",
    r"(?:deja|dejar|escribe|añade|publica|deixe|deixar|escreva)\s+(?:un|tu|um|seu)\s+(?:comentario|comentário)",
    r"(?:lascia|scrivi|aggiungi)\s+un commento|(?:laat|geef|plaats)\s+een\s+(?:reactie|bericht)\b.{0,15}|dodaj komentarz",
    r"(?:оставить|добавить|написать)\s+комментари\w*|обсуждение|(?:залишити|додати)\s+коментар\w*|(?:skriv|lämna|legg igjen)\s+en kommentar\w*",
    whole=True,
)

COMMENT_STEM = re.compile(
    r"\b(?:comment|thought|opinion|komment|comment|coment|reacti|коммент|комент|мнени|meinung|avis\b|yorum)", re.I
)
PLACE_STEM = re.compile(
    r"\b(?:below|section|moderat\w*|leave|share|post|publish|let us know|tell us|unten|moder\w+|hinterlass\w*|schreib\w*|teilen"
    r"|ci-dessous|laisse\w*|partage\w*|abajo|deja|comparte|abaixo|deixe|sotto|lascia\w*|hieronder|laat|ниже|остав\w*|подел\w*|нижче|залиш\w*)",
    re.I,
)
READER = re.compile(
    r"\b(?:you|your|please|got a|ihre?|sie|dein\w*|bitte|vous|votre|vos|usted|su|tu|tus|seu|sua|você|tuo|tua|je|jouw|uw|вы|ваш\w*|ви)\b"
    r"|[?]\s",
    re.I,
)

CHROME_WORDS = _any(
    r"share(?: (?:this|on|via|with|the)\b.{0,40})?|follow (?:us|@\w+|\w+)(?: on .{0,40})?|like us on .{0,30}|copy link|link copied\W?|tweet|pin it",
    r"facebook|twitter|x|whatsapp|telegram|linkedin|reddit|pinterest|instagram|flipboard|email|e-mail|print|rss|messenger|youtube|tiktok|vk",
    r"(?:subscribe|sign (?:up|in)|log ?in|register|newsletter|donate|support us|become a member)\b.{0,60}",
    r"(?:advertisement|sponsored(?: content)?|promoted|ads? by .*|story continues below.*|article continues .*|scroll to continue.*)",
    r"skip to .{0,30}|menu|search|home|navigation|main menu|toggle \w+|close|back to top|next|previous|load(?:ing| more)\W*|show more|view more|more",
    r"(?:©|\(c\)|copyright)\s.{0,120}|.{0,60}all rights reserved.{0,40}|terms (?:of|and) .{0,40}|privacy(?: policy| notice)?|contact(?: us)?|imprint|impressum",
    r"(?:tags?|topics?|filed under|posted in|categor(?:y|ies)|keywords?|labels?)\s*[:–—].*|tags|listen to (?:this )?(?:article|story)\b.{0,30}",
    r"\d+\s*(?:min(?:ute)?s?)(?:\s+(?:read|to read))?|reading time.{0,20}|\d[\d.,]*[km]?\s+(?:views?|shares?|likes?|reads)|.{0,60}\byoutube (?:channel|kanal)",
    r"\w*teilen|artikel (?:teilen|drucken|versenden)|werbung|anzeige|anmelden|abonnieren|newsletter.{0,40}|folgen sie uns.{0,40}|drucken|merken|startseite",
    r"partage[rz](?: .{0,40})?|publicité|s['’]abonner|s['’]inscrire|suivez-nous.{0,40}|accueil|imprimer",
    r"comparti[rl](?: .{0,40})?|comparte(?: .{0,40})?|publicidad|suscr[ií]bete.{0,40}|síguenos.{0,40}|compartilh\w+(?: .{0,40})?|publicidade|inicio|início",
    r"condividi(?: .{0,40})?|pubblicità|iscriviti.{0,40}|seguici.{0,40}|delen|deel (?:dit|op)\b.{0,30}|advertentie|volg ons.{0,30}|abonneer.{0,30}",
    r"поделиться(?: .{0,40})?|реклама|подпис(?:аться|ывайтесь|ка)\b.{0,60}|поділитися|udostępnij|reklama|dela|del|annons?e?|главная|paylaş",
    r"(?:теги|метки|schlagwörter|schlagworte|themen|mots-clés|etiquetas|temas|tag)\s*:.*",
    whole=True,
)
COOKIES = re.compile(
    r"(?:we|this (?:web)?site|site|our partners) (?:and our partners )?uses?\b.{0,40}\bcookies?|accept(?: all)? cookies|cookies? (?:policy|settings|preferences|consent)"
    r"|verwende\w* (?:wir )?cookies|nutz\w+ (?:wir )?cookies|utilis\w+ (?:des |les )?cookies|utiliz\w+ (?:las |os )?cookies|usamos cookies"
    r"|utilizza(?:mo)? (?:i )?cookie|gebrui\w+ cookies|файлы cookie|używa(?:my)? (?:plików )?cookies|använder cookies|bruger cookies|by (?:continuing|using) (?:to )?.{0,40}(?:cookies|privacy policy|terms)",
    re.I,
)
FORM = re.compile(
    r"your email address will not be published|required fields are marked|^(?:name|email|e-mail|website|comment|url)\s*\*?\s*$|save my name, email"
    r"|notify me of (?:new|follow)|you must be logged in|log in to (?:comment|reply|leave)|cancel reply|this site uses akismet|deine e-mail-adresse wird nicht"
    r"|votre adresse e-?mail ne sera|tu dirección de correo|il tuo indirizzo email|ваш (?:адрес )?e-?mail не будет",
    re.I,
)

WORK = r"(?:video|item|article|story|report|clip|post|piece|episode|podcast|interview)"
PUBLISHED_THIS = re.compile(
    rf"^(?P<publisher>\S.{{0,100}}?)\s+(?:has\s+)?(?:published|posted|uploaded|released|shared|aired|broadcast)\s+(?:this|the following|a|the)\s+"
    rf"(?P<work>(?:\w+\s+){{0,3}}?{WORK}(?:\s+{WORK})?)\b.{{0,40}}?\b(?:entitled|titled|called|headlined|under the (?:title|headline))\b"
    rf"[\s:]*[“\"„«'‘](?P<title>.{{3,300}}?)[”\"“»'’](?=\W*(?:$|\s*[–—.,;:-]|\s+(?:below|on|in|at|here)\b))",
    re.I,
)
FIRST_AT = re.compile(
    rf"^(?:this|the)\s+(?:\w+\s+)?{WORK}\s+(?:was\s+)?(?:originally|first|previously)\s+(?:published|appeared|posted|ran|broadcast)\s+"
    r"(?:by|in|on|at)\s+(?P<publisher>\S.{1,60}?)(?:\s+(?:on|and|under|at)\b.*)?[.]?$"
    r"|^(?:originally|first)\s+(?:published|appeared|posted)\s+(?:by|in|on|at)\s*:?\s+(?P<publisher2>\S.{1,60}?)(?:\s+(?:on|and|under)\b.*)?[.]?$"
    r"|^(?:republished|reprinted|reproduced)\s+(?:from|with (?:the )?permission (?:of|from))\s+(?P<publisher3>\S.{1,60}?)[.]?$",
    re.I,
)
SOURCE_LINE = re.compile(
    r"^(?:source|quelle|fuente|fonte|bron|źródło|источник|джерело|källa|kilde|kaynak)\s*:\s*(?P<publisher>\S.{1,50})$",
    re.I,
)


def cue(block: Block) -> Cue | None:
    """What a block says of itself, or ``None`` where it says nothing of the kind."""
    text = block.text
    if block.words > NOTICE_WORDS:
        return None
    if named_by(text) is not None:
        return "carrier"
    if COOKIES.search(text):
        return "chrome"
    if FORM.search(text):
        return "form"
    if block.words <= HEADING_WORDS and (kind := _heading(text)):
        return kind
    called = COMMENT_STEM.search(text) and PLACE_STEM.search(text) and READER.search(text)
    return "call" if called and _speaks_of_comments(text) else None


def _heading(text: str) -> Cue | None:
    for kind, pattern in _HEADINGS:
        if pattern.match(text):
            return kind
    return None


_HEADINGS: tuple[tuple[Cue, re.Pattern[str]], ...] = (
    ("chrome", CHROME_WORDS),
    ("comments", COMMENT_WORDS),
    ("background", BACKGROUND_WORDS),
    ("profile", PROFILE_WORDS),
    ("related", RELATED_WORDS),
    ("inline related", INLINE_RELATED),
)


def _speaks_of_comments(text: str) -> bool:
    """A call is about comments as such ("comments are moderated", "leave your thoughts"), not about somebody's comment."""
    return bool(
        re.search(rf"{COMMENT_NOUN}|\bthoughts\b|\bopinion\b|\bmeinung\b|\bмнени\w+", text, re.I)
    ) and not re.search(r"[“”\"„«»]", text)


def named_by(text: str) -> re.Match[str] | None:
    """The match of a line that names the true publisher (groups ``publisher…``, maybe ``title`` and ``work``), else ``None``."""
    return PUBLISHED_THIS.search(text) or FIRST_AT.search(text) or SOURCE_LINE.search(text)
