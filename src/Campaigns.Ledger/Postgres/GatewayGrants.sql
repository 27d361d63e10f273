-- What a gateway's role needs: to see which silos there are. It never touches the journal.
grant select on orleansquery, orleans_membership to :"role";
