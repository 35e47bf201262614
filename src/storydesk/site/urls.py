"""Every address of the site. A story's and an item's never change."""

from __future__ import annotations

from django.urls import path

from storydesk.site import (
    about,
    account,
    comment,
    correction,
    corrections,
    entity,
    feeds_out,
    front,
    health,
    item,
    queue,
    ruling,
    rulings,
    source,
    sources,
    story,
)

__all__ = ["urlpatterns"]

urlpatterns = [
    path("", front.front, name="front"),
    path("stories/<str:story>/", story.story, name="story"),
    path("stories/<str:story>.json", story.as_json, name="story-json"),
    path("stories/<str:story>/quotes.csv", story.as_csv, {"table": "quotes"}, name="story-quotes"),
    path("stories/<str:story>/statements.csv", story.as_csv, {"table": "statements"}, name="story-statements"),
    path("stories/<str:story>/annotations.jsonld", story.as_annotations, name="story-annotations"),
    path("stories/<str:story>/atom.xml", feeds_out.story_atom, name="story-atom"),
    path("stories/<str:story>/feed.json", feeds_out.story_json, name="story-feed"),
    path("stories/<str:story>/comments/", comment.comment, name="comment"),
    path("stories/<str:story>/thanks/", comment.thanks, name="thanks"),
    path("items/<str:item>/", item.item, name="item"),
    path("stories/<str:story>/correct/", correction.correct, name="correct"),
    path("stories/<str:story>/choose/", correction.choose, name="choose"),
    path("corrections/", corrections.listed, name="corrections"),
    path("corrections/in-force/", corrections.listed, {"which": "in-force"}, name="corrections-in-force"),
    path("corrections/taken-back/", corrections.listed, {"which": "taken-back"}, name="corrections-taken-back"),
    path("corrections/<int:correction>/undo/", correction.undo, name="undo"),
    path("corrections/names/", rulings.listed, name="corrections-names"),
    path("corrections/names/choose/", ruling.choose, name="choose-name"),
    path("corrections/names/rule/", ruling.rule, name="rule"),
    path("corrections/names/<int:ruling>/undo/", ruling.undo, name="undo-ruling"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:source>/", source.source, name="source"),
    path("names/<path:entity>/", entity.entity, name="entity"),
    path("queue/", queue.queue, name="queue"),
    path("queue/published/", queue.queue, {"state": "published"}, name="queue-published"),
    path("queue/rejected/", queue.queue, {"state": "rejected"}, name="queue-rejected"),
    path("queue/log/", queue.log, name="queue-log"),
    path("queue/<int:comment>/", queue.decide, name="decide"),
    path("sign-in/", account.SignIn.as_view(), name="sign-in"),
    path("sign-out/", account.SignOut.as_view(), name="sign-out"),
    path("atom.xml", feeds_out.desk_atom, name="atom"),
    path("feed.json", feeds_out.desk_json, name="feed"),
    path("about/", about.about, name="about"),
    path("healthz", health.health, name="health"),
]
