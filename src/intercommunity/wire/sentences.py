"""The sentence that people read for each stable code: what is the matter and what to do next; raises nothing itself."""

from intercommunity.wire.catalogue import N_, Value, say

UNKNOWN_CODE = N_(
    "That did not work ({code}). Load the page again; if it stays so, tell the people who run the meeting."
)

SENTENCES: dict[str, str] = {
    # who may do what
    "link_needed": N_("This meeting is joined by a personal link. Ask the organiser for yours."),
    "link_unknown": N_("There is no link called {link}. Load the meeting again to see its links."),
    "not_allowed": N_("Your link does not allow this. Ask the organiser for one that does."),
    "person_blocked": N_("You can read along, but no longer take part. Write to the organiser if that is a mistake."),
    "person_unknown": N_("This person is not in the meeting. Load the page again."),
    "role_unknown": N_("There is no role called {role}. The roles are host, moderator, captioner, panellist, node, participant."),
    "token_expired": N_("Your link has expired. Ask the organiser for a new one."),
    "token_revoked": N_("Your link has been withdrawn. Ask the organiser for a new one."),
    "token_unknown": N_("This link does not belong to the meeting. Check that it is whole, or ask the organiser for a new one."),
    "token_unusable": N_("You could not be let in with this. Load the page again."),
    # what was sent
    "address_unknown": N_("There is nothing at this address. Check that it is whole."),
    "body_too_large": N_("This is too much at once. Send at most {most} bytes."),
    "event_kind_unknown": N_("The event {event} is of a kind that this version does not know: {kind}."),
    "event_unreadable": N_("The event {event} cannot be read: {reason}."),
    "field_invalid": N_("The field {field} is not what it should be: {expected}."),
    "kind_unknown": N_("There is no command of this kind."),
    "not_an_object": N_("Send one JSON object, with its kind."),
    "not_json": N_("This is not JSON. Send one JSON object, with its kind."),
    "stream_not_possible": N_("This connection cannot carry a stream. Ask without a proxy that changes the request, or read the text page."),
    "text_too_long": N_("The text is too long. Write at most {most} characters."),
    "too_fast": N_("That was too much in a short time. Try again in {seconds} s."),
    # the server
    "closed": N_("The server is stopping. Try again in {seconds} s."),
    "core_gone": N_("The server is starting again. Try again in {seconds} s."),
    "storage_failed": N_("Nothing can be kept at the moment, because the disk does not answer. Try again in {seconds} s."),
    "storage_full": N_("Nothing can be kept at the moment, because the disk is full. Try again in {seconds} s."),
    # the meeting as it runs
    "meeting_unknown": N_("There is no meeting at this address."),
    "meeting_ended": N_("The meeting is over."),
    "node_not_yours": N_("Your link is for another room than {node}."),
    "node_unknown": N_("There is no room called {node} in this meeting."),
    "not_a_rehearsal": N_("Only a rehearsal can start over."),
    "language_unknown": N_("{language} is not one of the meeting's languages."),
    "session_is_not_open": N_("This session is not open. Open it first."),
    "session_is_open": N_("This session is open already."),
    "session_unknown": N_("There is no session called {session} in this meeting."),
    "slug_is_fixed": N_("The meeting's address is {slug} and cannot change. Load the file under that slug, or as another meeting."),
    # captions
    "line_struck": N_("This line has been taken out."),
    "line_unknown": N_("This line does not exist."),
    "times_reversed": N_("The end lies before the start. Swap the two times."),
    "track_is_the_original": N_("This was said in {language}, so there is nothing to translate. Correct the words themselves instead."),
    "track_not_yours": N_("Your link does not write in {language}. Ask the organiser for one that does."),
    "wording_outdated": N_("The words have been corrected meanwhile. Translate them as they are now."),
    **dict.fromkeys(
        ("bad_seq", "bad_time", "ends_before_start", "header_without_end", "no_header", "no_time", "not_utf8",
         "too_large", "unclosed_tag", "unknown_tag"),
        N_("These captions cannot be read: {what}"),
    ),
    # questions
    "merge_makes_a_circle": N_("These two questions are merged already, the other way round."),
    "question_already_decided": N_("Somebody has decided this question already; it is now: {status}."),
    "question_merged": N_("This question is part of another one. Act on that, or split them first."),
    "question_not_approved": N_("Approve this question first."),
    "question_not_in_queue": N_("That question has left the queue. Move this one to another place."),
    "question_not_merged": N_("This question stands by itself already."),
    "question_not_on_stage": N_("This question is not on stage."),
    "question_not_replied": N_("This question has no written answer yet."),
    "question_not_yours": N_("Only the person who asked a question can withdraw it."),
    "question_unknown": N_("This question does not exist, or is not shown to you."),
    "question_withdrawn": N_("The person who asked this question has withdrawn it."),
    "queue_full": N_("{most} questions are waiting for the moderators already. Try again in a while."),
    "reason_needed": N_("Give a reason: the person who asked will read it."),
    "too_many_questions": N_("You have asked {most} questions within an hour. You can ask again in {minutes} min."),
    # polls
    "option_unknown": N_("This answer is not one of the poll's."),
    "poll_closed": N_("This poll is closed."),
    "poll_unknown": N_("This poll does not exist."),
    "text_empty": N_("Write something first."),
}  # fmt: skip


def sentence(code: str, language: str, /, **values: Value) -> str:
    """What `code` means to a person, in `language` or else in English.

    values: what the code's sentence names, as given with the refusal. An unknown code still gets a sentence,
    which names the code.
    """
    text = SENTENCES.get(code)
    return say(language, UNKNOWN_CODE, code=code) if text is None else say(language, text, **values)
