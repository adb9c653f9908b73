"""What stays of counts that go up and down."""

from intercommunity.meeting.nodes.events import AttendanceCounted, NodeReported
from intercommunity.meeting.nodes.rules import Nodes, apply_attendance_counted, apply_node_reported


def test_highest_counts_stay_each_by_itself():
    nodes = Nodes()
    apply_attendance_counted(nodes, AttendanceCounted(10, {"KE": 7, "UY": 3}, {"hub": 4}))
    apply_attendance_counted(nodes, AttendanceCounted(9, {"KE": 1, "FI": 8}, {"north": 2}))
    assert nodes.most == AttendanceCounted(10, {"KE": 7, "UY": 3, "FI": 8}, {"hub": 4, "north": 2})
    assert nodes.last == AttendanceCounted(9, {"KE": 1, "FI": 8}, {"north": 2})


def test_highest_head_count_of_a_room_stays():
    nodes = Nodes()
    for people in (3, 40, 12):
        apply_node_reported(nodes, NodeReported("north", people, "ready"), people)
    assert (nodes.reports["north"].people, nodes.most_in_rooms) == (12, {"north": 40})
