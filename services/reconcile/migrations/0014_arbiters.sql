-- To find who else is an arbiter, by leaping from person to person.
create index arbitration_lease_of_arbiter on arbitration_lease (person_id) where not escalated;
