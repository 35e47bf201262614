"""What people hold for the same figure, and what they hold for another one."""

from __future__ import annotations

import pytest

from storydesk.compare.quantities import clashes, quantities

AGREE = [
    ("About 30 people were killed.", "31 people were killed."),
    ("At least 27 people died.", "The death toll rose to 30."),
    ("Dozens were injured.", "The crash injured 34."),
    ("Nearly 300 homes were destroyed.", "287 homes were destroyed."),
    ("More than 1,000 homes were flooded.", "1,240 homes were flooded."),
    ("Up to 50 people are missing.", "38 people are missing."),
    ("Some 1,200 workers were laid off.", "1,187 workers were laid off."),
    ("The bridge cost $1.2 billion.", "The bridge cost $1.23 billion."),
    ("The bridge cost $3 billion.", "The bridge cost $3.2bn."),
    ("1.2 million people were affected.", "1,234,567 people were affected."),
    ("Turnout was 62%.", "Turnout was 62.4 percent."),
    ("Turnout was 62 per cent.", "Turnout was 62 percent."),
    ("The storm was 5 miles away.", "The storm was 8 km away."),
    ("The quake struck 10 kilometres deep.", "The quake struck six miles deep."),
    ("The wave was 3 metres high.", "The wave was 10 feet high."),
    ("The ship carried 200 tonnes of grain.", "The ship carried 200,000 kilograms of grain."),
    ("The lake covers 100 hectares.", "The lake covers about 250 acres."),
    ("Twenty-seven soldiers were killed.", "27 soldiers were killed."),
    ("Two dozen homes burned.", "24 homes burned."),
    ("Half a dozen boats sank.", "Six boats sank."),
    ("Hundreds of homes were damaged.", "340 homes were damaged."),
    ("Thousands of people fled.", "About 4,500 people fled."),
    ("Several cars were burned.", "Five cars were burned."),
    ("A few shops opened.", "Four shops opened."),
    ("Between 20 and 30 people were hurt.", "26 people were hurt."),
    ("20 to 30 people were hurt.", "At least 22 people were hurt."),
    ("A million people marched.", "About 1 million people marched."),
    ("The fire took two weeks to put out.", "The fire took 14 days to put out."),
    ("A 34-year-old man was arrested.", "A man, 34 years old, was arrested."),
    ("120 homes lost power.", "118 homes lost power."),
    ("2,000 homes lost power.", "1,960 homes lost power."),
    ("Fewer than 50 people were injured.", "41 people were injured."),
    ("Around 40 people were hurt, or so it seemed.", "42 people were hurt."),
    ("The bridge cost £2.1m.", "The bridge cost 2.1 million pounds."),
    ("The bridge cost £2.1m.", "The bridge cost 2,100,000 pounds sterling."),
    ("27 people were killed and 100 injured.", "100 were injured and 27 killed."),
]

DIFFERENT_THINGS = [
    ("27 people were killed.", "100 people were injured."),
    ("27 soldiers were killed.", "31 civilians were killed."),
    ("The strike began on 4 May.", "The strike began on 5 May."),
    ("The plant opened in 1998.", "The plant opened in 2001."),
    ("Work on Highway 61 stopped.", "Work on Highway 49 stopped."),
    ("The train left at 10:30.", "The train left at 11:45."),
    ("Three schools closed.", "Five bridges closed."),
    ("The plan costs $40 million.", "The plan costs €35 million."),
    ("Prices rose 3%.", "Prices rose 40 dollars."),
    ("The firm recalled 1.8 million pounds of beef.", "The recall costs the firm £1.2m."),
]

CLASH = [
    ("The bridge cost £1.8m.", "The bridge cost 2.1 million pounds."),
    ("The firm recalled 1.8 million pounds of beef.", "The firm recalled 1,200 tonnes of beef."),
    ("27 people were killed.", "31 people were killed."),
    ("The death toll stands at 27.", "The landslide killed 31."),
    ("About 30 people were killed.", "60 people were killed."),
    ("At least 27 people died.", "The crash killed 12."),
    ("Dozens were injured.", "Nine people were injured."),
    ("More than 100 homes burned.", "70 homes burned."),
    ("Up to 20 people are missing.", "45 people are missing."),
    ("The bridge cost $1.2 billion.", "The bridge cost $1.9 billion."),
    ("Turnout was 62%.", "Turnout was 58%."),
    ("The storm was 5 miles away.", "The storm was 20 km away."),
    ("Twelve boats sank.", "Nine boats sank."),
    ("The strike lasted three days.", "The strike lasted five days."),
    ("1,200 workers were laid off.", "1,700 workers were laid off."),
    ("A 34-year-old man was arrested.", "A 36-year-old man was arrested."),
    ("Hundreds of homes were damaged.", "30 homes were damaged."),
    ("27 people were killed and 100 injured.", "27 people were killed and 140 injured."),
    ("1 million people marched.", "2 million people marched."),
    ("Six boats sank.", "At least eight boats sank."),
    ("Three schools closed.", "Five schools closed."),
    ("The team won 2-1.", "The team won 3-1."),
    ("It was the 19th meeting.", "It was the 20th meeting."),
    ("A third of the hall was empty.", "Two-thirds of the hall was empty."),
    ("Police arrested 15.", "Police detained 22 people."),
]


@pytest.mark.parametrize(("first", "second"), AGREE)
def test_the_same_figure_put_differently_is_no_difference(first: str, second: str) -> None:
    assert clashes(first, second) == ()
    assert clashes(second, first) == ()


@pytest.mark.parametrize(("first", "second"), DIFFERENT_THINGS)
def test_figures_of_different_things_are_not_compared(first: str, second: str) -> None:
    assert clashes(first, second) == ()


@pytest.mark.parametrize(("first", "second"), CLASH)
def test_figures_that_cannot_both_be_exact_differ(first: str, second: str) -> None:
    assert clashes(first, second)
    assert clashes(second, first)


def test_a_quantity_knows_its_words_and_what_it_counts() -> None:
    sentence = "At least 27 people were killed and about 100 injured."
    first, second = quantities(sentence)
    assert (first.span.of(sentence), first.theme) == ("At least 27", "killed")
    assert (second.span.of(sentence), second.theme) == ("about 100", "injured")
    assert first.low == 27 < first.high
    assert second.low < 100 < second.high


def test_years_dates_times_and_names_are_no_quantities() -> None:
    assert quantities("On May 19, 2021, at 10:30, flight SU 104 of Route 66 left for Nord Link 2.") == ()


def test_a_number_of_the_next_clause_is_not_of_the_dead() -> None:
    dead, gone = quantities("Nine people have died and thousands have left their homes.")
    assert dead.theme == "killed"
    assert gone.theme is None
    (toll,) = quantities("The number of people known to have died in the floods has risen to 14.")
    assert toll.theme == "killed"
