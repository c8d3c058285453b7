"""Collections: which documents belong together, and who may see them.

A document belongs to the collections that its name or its folder was put into. One
that was put nowhere belongs to those of a document with the same content (a file that
was renamed stays closed), and if there is none, to the default collection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from assistant.errors import PeopleError
from assistant.people.accounts import checked_name, key_of
from assistant.people.records import ROLES, Collection, Person, Role, includes
from assistant.people.tables import PATH, CollectionRow, GrantRow, PersonRow, PlaceRow
from index.tables import FileRow, MetaRow

DEFAULT = 1  # id of the collection of all documents that were put into none
DEFAULT_NAME = "默认"
EDITION = "people_edition"


@dataclass(frozen=True, slots=True)
class Sight:
    """Which documents somebody may see: those of the collections ``open``.

    ``named``, ``folders`` and ``hashes`` tell the collections of a document by its name,
    by the folder that it lies in, and by the hash of its content.
    """

    open: frozenset[int]
    with_originals: frozenset[int]
    named: Mapping[str, Set[int]]
    folders: Sequence[tuple[str, int]]
    hashes: Mapping[str, Set[int]]

    def sees(self, path: str, sha256: str) -> bool:
        """Tell whether a document, in the version of that hash, may be seen."""
        return not self.open.isdisjoint(self.collections_of(path, sha256))

    def may_take(self, path: str, sha256: str) -> bool:
        """Tell whether its original file may be taken along."""
        return not self.with_originals.isdisjoint(self.collections_of(path, sha256))

    def collections_of(self, path: str, sha256: str) -> Set[int]:
        """Return the collections that a document belongs to, at least one."""
        return self.put_into(path) or self.hashes.get(sha256) or {DEFAULT}

    def put_into(self, path: str) -> Set[int]:
        """Return the collections that a name was put into, by itself or by its folder."""
        found = set(self.named.get(path, ()))
        found.update(number for folder, number in self.folders if path.startswith(folder))
        return found


class Collections:
    """Keeps collections and grants; every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with Session(engine) as session, session.begin():
            if session.get(CollectionRow, DEFAULT) is None:
                # The first row gets the first id; one that was named would leave it to the next.
                default = CollectionRow(name=DEFAULT_NAME, originals=True)
                session.add(default)
                session.flush()
                session.add(GrantRow(collection_id=default.id, role="asks", person_id=None))

    def edition(self) -> str:
        """Return what changes whenever the rights of anybody may have changed."""
        with Session(self._engine) as session:
            row = session.get(MetaRow, EDITION)
            return row.value if row else "0"

    def all(self) -> list[Collection]:
        """Return every collection with its documents and who may see it, by name."""
        with Session(self._engine) as session:
            rows = session.scalars(select(CollectionRow).order_by(CollectionRow.name))
            return [_collection(session, row) for row in rows]

    def add(self, name: str, originals: bool = True) -> Collection:
        """Begin a collection that nobody but managers may see yet.

        Raises:
            PeopleError: the name cannot be used, or is taken.
        """
        shown = checked_name(name)
        with Session(self._engine) as session, session.begin():
            if _find(session, shown) is not None:
                raise PeopleError(f"已有名为“{shown}”的资料集。请换一个名字。")
            row = CollectionRow(name=shown, originals=originals)
            session.add(row)
            _changed(session)
            session.flush()
            return _collection(session, row)

    def remove(self, name: str) -> None:
        """Drop a collection without documents: else they would be open to all of a sudden.

        Raises:
            PeopleError: there is none of that name, it is the default one, or not empty.
        """
        with Session(self._engine) as session, session.begin():
            row = _known(session, name)
            if row.id == DEFAULT or _collection(session, row).documents:
                raise PeopleError(
                    f"资料集“{row.name}”是默认的，或里面还有文件，不能删除。请先把文件移到别的资料集。"
                )
            session.execute(delete(GrantRow).where(GrantRow.collection_id == row.id))
            session.delete(row)
            _changed(session)

    def set_originals(self, name: str, originals: bool) -> None:
        """Say whether those who see a collection may take its original files along."""
        with Session(self._engine) as session, session.begin():
            _known(session, name).originals = originals
            _changed(session)

    def place(self, path: str, names: Sequence[str]) -> None:
        """Put a document, or a folder (``path`` ends with “/”), into these collections only.

        No names take it out of all: it is in the default collection then. A document can
        be placed before it is there, so that nobody sees it on its way in.

        Raises:
            PeopleError: there is no such collection, or the path is none.
        """
        if not path or len(path) > PATH or path.startswith("/"):
            raise PeopleError(f"“{path[:80]}”不是索引里的文件名或文件夹名。请检查后再试。")
        with Session(self._engine) as session, session.begin():
            wanted = {_known(session, name).id for name in names}
            session.execute(delete(PlaceRow).where(PlaceRow.path == path))
            session.add_all(PlaceRow(path=path, collection_id=number) for number in sorted(wanted))
            _changed(session)

    def grant(self, name: str, role: Role | None = None, person: str | None = None) -> None:
        """Let a role and those above it, or one person, see a collection.

        Raises:
            PeopleError: there is no such collection or person, or not one of both is given.
        """
        with Session(self._engine) as session, session.begin():
            values = _grantee(session, name, role, person)
            session.execute(delete(GrantRow).filter_by(**values))
            session.add(GrantRow(**values))
            _changed(session)

    def revoke(self, name: str, role: Role | None = None, person: str | None = None) -> None:
        """Take a grant back.

        Raises:
            PeopleError: there is no such collection or person, or not one of both is given.
        """
        with Session(self._engine) as session, session.begin():
            session.execute(delete(GrantRow).filter_by(**_grantee(session, name, role, person)))
            _changed(session)

    def sight(self, person: Person) -> Sight:
        """Return which documents somebody may see, as of now."""
        roles = [role for role in ROLES if includes(person.role, role)]
        with Session(self._engine) as session:
            grants = select(GrantRow.collection_id).where(
                GrantRow.role.in_(roles) | (GrantRow.person_id == person.id)
            )
            every = {row.id: row.originals for row in session.scalars(select(CollectionRow))}
            seen = set(every) if person.sees_everything else set(session.scalars(grants))
            places = session.execute(select(PlaceRow.path, PlaceRow.collection_id)).all()
            files = session.execute(
                select(FileRow.path, FileRow.sha256).where(FileRow.state != "pending").distinct()
            ).all()
        named: dict[str, set[int]] = {}
        for path, number in places:
            if not path.endswith("/"):
                named.setdefault(path, set()).add(number)
        sight = Sight(
            open=frozenset(seen),
            with_originals=frozenset(number for number in seen if every.get(number)),
            named=named,
            folders=tuple((path, number) for path, number in places if path.endswith("/")),
            hashes={},
        )
        hashes: dict[str, set[int]] = {}
        for path, sha256 in files:
            hashes.setdefault(sha256, set()).update(sight.put_into(path))
        return Sight(sight.open, sight.with_originals, named, sight.folders, hashes)


def _changed(session: Session) -> None:
    row = session.get(MetaRow, EDITION)
    session.merge(MetaRow(name=EDITION, value=str(int(row.value) + 1 if row else 1)))


def _find(session: Session, name: str) -> CollectionRow | None:
    return session.scalars(select(CollectionRow).where(CollectionRow.name == name)).one_or_none()


def _known(session: Session, name: str) -> CollectionRow:
    row = _find(session, checked_name(name))
    if row is None:
        raise PeopleError(
            f"没有名为“{name[:64]}”的资料集。"
            "用 python -m assistant collection list 查看已有的资料集。"
        )
    return row


def _grantee(
    session: Session, name: str, role: Role | None, person: str | None
) -> dict[str, object]:
    if (role is None) == (person is None):
        raise PeopleError("请指定一个角色，或者一个人。")
    number = None
    if person is not None:
        found = select(PersonRow.id).where(PersonRow.key == key_of(person))
        number = session.scalars(found).one_or_none()
        if number is None:
            raise PeopleError(f"没有名为“{person[:64]}”的账号。请先建立账号。")
    return {"collection_id": _known(session, name).id, "role": role, "person_id": number}


def _collection(session: Session, row: CollectionRow) -> Collection:
    grants = list(session.scalars(select(GrantRow).where(GrantRow.collection_id == row.id)))
    people = select(PersonRow.name).where(
        PersonRow.id.in_([g.person_id for g in grants if g.person_id])
    )
    places = select(PlaceRow.path).where(PlaceRow.collection_id == row.id).order_by(PlaceRow.path)
    roles = {grant.role for grant in grants}
    return Collection(
        id=row.id,
        name=row.name,
        originals=row.originals,
        roles=tuple(role for role in ROLES if role in roles),
        people=tuple(sorted(session.scalars(people))),
        documents=tuple(session.scalars(places)),
    )
