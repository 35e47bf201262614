"""What stands around the pieces on an outlet's pages: menus, boxes, notices and an unmoderated thread of comments.

None of it is part of any piece. A reader of pages that lets a line of it into an item has read badly.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FICTIONAL", "THREAD", "WORDS", "Words"]

FICTIONAL = "Fictional: written for Storydesk's demo edition"
"""Stands on every page."""


@dataclass(frozen=True, slots=True)
class Words:
    """The furniture in one language."""

    menu: tuple[str, ...]
    by: str
    updated: str
    most_read: str
    related: str
    latest: str
    share: tuple[str, ...]
    share_title: str
    newsletter: str
    newsletter_text: str
    newsletter_button: str
    cookies: str
    accept: str
    refuse: str
    about: str
    footer: tuple[str, ...]
    comments: str
    skip: str


WORDS = {
    "en": Words(
        menu=("Home", "News", "Business", "Sport", "Culture", "Weather", "Opinion"),
        by="By",
        updated="Updated",
        most_read="Most read",
        related="Related stories",
        latest="Latest headlines",
        share=("Copy link", "Email", "Print", "Save for later"),
        share_title="Share this story",
        newsletter="The morning letter",
        newsletter_text="Start the day with our editors' choice. Free, every weekday at six; leave at any time.",
        newsletter_button="Sign me up",
        cookies="We and our 214 partners use cookies to keep you signed in and to count visits.",
        accept="Accept all",
        refuse="Only what is needed",
        about="About us",
        footer=("Contact", "Corrections", "Terms of use", "Privacy", "Advertise with us", "Jobs"),
        comments="What readers say",
        skip="Skip to the text",
    ),
    "es": Words(
        menu=("Portada", "Puerto", "Regiones", "Economía", "Deportes", "Cultura", "Cartas"),
        by="Por",
        updated="Actualizado",
        most_read="Lo más leído",
        related="Noticias relacionadas",
        latest="Últimas noticias",
        share=("Copiar enlace", "Correo", "Imprimir", "Guardar"),
        share_title="Compartir esta nota",
        newsletter="La carta de la mañana",
        newsletter_text="Reciba cada día la selección de la redacción. Es gratis y puede darse de baja cuando quiera.",
        newsletter_button="Suscribirme",
        cookies="Usamos cookies propias y de terceros para medir las visitas. Puede cambiar de opinión cuando quiera.",
        accept="Aceptar todo",
        refuse="Solo lo necesario",
        about="Quiénes somos",
        footer=("Contacto", "Fe de erratas", "Términos de uso", "Privacidad", "Publicidad", "Trabaje con nosotros"),
        comments="Opinan los lectores",
        skip="Ir al texto",
    ),
}
"""By BCP 47 language."""

THREAD = (
    ("nightbus", "First!!! And still nobody has repaired the escalator at my station, but sure, write about this."),
    ("Kettle on", "Thinking of everyone there. Please keep us posted, I check this page every hour."),
    (
        "realist_82",
        "This site gets worse by the week. Whoever wrote that headline should be sent back to school, you clowns.",
    ),
    ("Aunt Mildred", "I was going to say something clever, but the previous poster has put me off my biscuit."),
    (
        "gull_on_roof",
        "My brother-in-law works close by and he says it was nothing like that. Make of it what you will.",
    ),
    ("no.comment", "Why do I have to accept two hundred cookies to read six sentences?"),
    ("Hm", "Sources, please. Three different sites, three different numbers."),
)
"""Reader comments as they stand, unmoderated, under the pages of one layout: (name, words)."""
