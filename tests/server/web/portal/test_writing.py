"""Writing: the preview is drawn as the page is, faults stand at their field, nothing is lost."""

from tests.server.web.portal.conftest import Opened, hand_over, written


def test_the_preview_draws_what_the_page_will_show(portal: Opened) -> None:
    browser = portal("ada")
    browser.get("/portal/write")
    preview = browser.send_form("/portal/preview", **written()).text
    sheet = preview[preview.index("<article") : preview.index("</article>")]
    assert "Press the Windows key and P." in sheet
    assert "Windows &gt;=10" in sheet
    path = hand_over(browser)
    shown = browser.get(path).text
    assert sheet in shown


def test_a_fault_stands_at_its_field_and_all_that_was_written_is_kept(portal: Opened) -> None:
    browser = portal("ada")
    browser.get("/portal/write")
    broken = written(text="Only words, a lot of them.")
    said = browser.send_form("/portal/preview", **broken).text
    assert 'data-field="text" data-line="1"' in said
    assert "The steps are missing" in said
    answer = browser.send_form("/portal/write", **broken)
    assert answer.status_code == 400
    for words in ("The steps are missing", "Only words, a lot of them.", "My slides are not on"):
        assert words in answer.text


def test_a_typo_in_a_condition_is_refused_with_what_to_do(portal: Opened) -> None:
    browser = portal("ada")
    browser.get("/portal/write")
    odd = written(condition="batery.present", reason="Seen.")
    said = browser.send_form("/portal/preview", **odd).text
    assert 'data-field="condition"' in said
    assert "which is no fact" in said


def test_what_is_there_already_is_pointed_out_before_it_is_handed_over(portal: Opened) -> None:
    browser = portal("ada")
    browser.get("/portal/write")
    double = written(
        title="The battery has lost part of its capacity",
        symptoms="My battery does not last as long as it used to",
        seen_duplicates="",
    )
    assert "/portal/articles/battery-worn" in browser.send_form("/portal/preview", **double).text
    asked = browser.send_form("/portal/write", **double)
    assert asked.status_code == 400
    assert "These say much the same" in asked.text
    assert 'name="seen_duplicates" value="yes"' in asked.text
    again = browser.send_form("/portal/write", **{**double, "seen_duplicates": "yes"})
    assert again.url.path.startswith("/portal/proposals/")


def test_a_change_begins_with_the_article_as_it_is(portal: Opened) -> None:
    browser = portal("ada")
    page = browser.get("/portal/write?article=battery-worn").text
    assert "The battery has lost part of its capacity" in page
    assert "battery.wear_percent" in page
    assert browser.get("/portal/write?article=none").status_code == 404


def test_the_same_words_again_are_no_change(portal: Opened) -> None:
    ada, mo = portal("ada"), portal("mo")
    path = hand_over(ada, title="Always the same")
    mo.get(path)
    mo.send_form(path, do="publish")
    ada.get("/portal/write?article=always-the-same")
    form = written(title="Always the same", article_id="always-the-same")
    answer = ada.send_form("/portal/write", **form)
    assert answer.status_code == 400
    assert "Nothing is different" in answer.text


def test_a_draft_is_changed_by_whoever_has_a_part_and_by_nobody_else(portal: Opened) -> None:
    ada, ina = portal("ada"), portal("ina")
    path = hand_over(ada, title="Not quite right")
    proposal = path.rsplit("/", 1)[1]
    assert ina.get(f"/portal/write?proposal={proposal}").status_code == 404
    ada.get(f"/portal/write?proposal={proposal}")
    changed = written(title="Quite right now", proposal_id=proposal)
    answer = ada.send_form("/portal/write", **changed)
    assert answer.url.path == path
    assert "Quite right now" in answer.text
    ina.get("/portal")
    assert ina.send_form("/portal/write", **changed).status_code == 404


def test_what_somebody_else_changed_meanwhile_is_not_written_over_unseen(portal: Opened) -> None:
    ada, mo = portal("ada"), portal("mo")
    path = hand_over(ada, title="Two hands on one draft")
    number = path.rsplit("/", 1)[1]
    for browser in (ada, mo):
        browser.get(f"/portal/write?proposal={number}")
    theirs = written(title="Two hands on one draft", proposal_id=number, note="By Mo")
    assert mo.send_form("/portal/write", **theirs).url.path == path
    mine = {**theirs, "note": "By Ada"}
    answer = ada.send_form("/portal/write", **mine)
    assert answer.status_code == 400
    for words in ("Somebody else changed this after you opened it", "By Ada"):
        assert words in answer.text
    assert "By Mo" in ada.get(path).text
    ada.get(f"/portal/write?proposal={number}")
    assert ada.send_form("/portal/write", **mine).url.path == path


def test_a_change_of_an_older_version_says_so_before_it_is_handed_over(portal: Opened) -> None:
    ada, mo = portal("ada"), portal("mo")
    article = {"article_id": "print-jobs-waiting"}
    ada.get("/portal/write?article=print-jobs-waiting")
    opened_with = ada.words
    mo.get("/portal/write?article=print-jobs-waiting")
    path = hand_over(ada, title="The printer is away", **article, seen=opened_with)
    mo.get(path)
    assert mo.send_form(path, do="publish").status_code == 200
    late = written(title="The printer, from the old words", **article, seen=opened_with)
    answer = ada.send_form("/portal/write", **late)
    assert answer.status_code == 400
    assert "Somebody else changed this after you opened it" in answer.text
