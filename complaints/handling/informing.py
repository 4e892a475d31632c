"""Informing someone else by letter: facts only, the complainant unnamed without consent (IH-18)."""

from collections.abc import Mapping
from typing import Any

from django import forms

from complaints.handling.acting import Act
from complaints.handling.forms import LetterForm
from complaints.handling.lettering import Recipient, draft, may_be_named, merged, send_letter
from complaints.letters.identity import revealed
from complaints.models import Party
from complaints.workflow import Move
from complaints.workflow.vocabulary import EventKind, Stakeholder

SOMEONE_ELSE = "new"
# Those whom the consent of the complainant protects.
PROTECTED = (Party.Role.COMPLAINANT, Party.Role.REPRESENTATIVE)


class InformingForm(LetterForm):
    """To whom, and a letter that does not say who complains unless they agreed to it."""

    name = forms.CharField(label="Nom", max_length=200, required=False)
    email = forms.EmailField(label="Courriel", required=False)
    postal_address = forms.CharField(
        label="Adresse postale",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Sans courriel, la lettre sera à imprimer et à remettre.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.move.letter:  # there is no informing without one
            self.fields |= {name: self.base_fields[name] for name in ("subject", "body")}
        elif not self.is_bound:
            self.initial = self.initial | draft(self.act, self.move.letter, third_party=True)
        self.fields["body"].help_text = (
            "{destinataire} sera remplacé par le nom. Le réclamant ne voit pas ce courrier. "
            + (
                "Il accepte d’être nommé."
                if may_be_named(self.act.dossier.complainant)
                else "Écrivez les faits sans dire qui les rapporte\u00a0: il n’a pas accepté "
                "d’être nommé."
            )
        )

    def recipient(self, data: Mapping[str, Any]) -> Recipient:
        """To whom it goes; what was refused is empty."""
        return Recipient(
            data.get("name", ""), data.get("email", ""), data.get("postal_address", "")
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        recipient = self.recipient(data)
        if self._is_complainant(recipient):
            self.add_error("email", "C’est l’adresse du réclamant\u00a0: écrivez-lui autrement.")
        if "subject" in data and "body" in data:
            letter = merged(data, {"destinataire": recipient.name})
            self._keep_unnamed(letter, recipient)
            data |= {"letter": letter}
        return data | {"recipient": recipient}

    def reachable(self, recipient: Recipient) -> None:
        """Add an error where there is neither an address nor the mistaken start of one."""
        if not (recipient.email or recipient.postal_address or self.has_error("email")):
            self.add_error("email", "Il faut un courriel ou une adresse postale.")

    def _is_complainant(self, recipient: Recipient) -> bool:
        complainant = self.act.dossier.complainant
        email = complainant.email.lower() if complainant else ""
        return bool(email) and recipient.email.lower() == email

    def _keep_unnamed(self, letter: Mapping[str, str], recipient: Recipient) -> None:
        dossier = self.act.dossier
        if may_be_named(dossier.complainant):
            return
        people = [party for party in dossier.parties.all() if party.role in PROTECTED]
        spared = f"{recipient.name} {recipient.postal_address} {dossier.organisation.name}"
        for name, text in letter.items():
            if found := revealed(text, people, spared=spared):
                self.add_error(
                    name,
                    f"Ce texte permet de reconnaître le réclamant («\u00a0{found}\u00a0»), qui n’a"
                    " pas accepté d’être nommé. Écrivez les faits sans dire qui les rapporte.",
                )


class ImplicatedForm(InformingForm):
    """Someone already known as implicated, or someone to name now."""

    party = forms.ChoiceField(label="Personne mise en cause", widget=forms.RadioSelect)

    field_order = ("party", "name", "email", "postal_address", "subject", "body")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = self.act.dossier.parties.all()
        implicated = [party for party in parties if party.role == Party.Role.IMPLICATED]
        self.known = {str(party.pk): party for party in implicated}
        named = [(pk, _named(party)) for pk, party in self.known.items()]
        self.fields["party"].choices = [*named, (SOMEONE_ELSE, "Une autre personne")]
        if not named:
            del self.fields["party"]
            self.fields["name"].required = True
        elif len(named) == 1:
            self.initial = self.initial | {"party": named[0][0]}

    def recipient(self, data: Mapping[str, Any]) -> Recipient:
        typed, party = super().recipient(data), self.known.get(data.get("party", ""))
        if party is None:
            return typed
        return Recipient(
            party.name,
            typed.email or party.email,
            typed.postal_address or party.postal_address,
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        chosen = data.get("party", "" if "party" in self.fields else SOMEONE_ELSE)
        if chosen == SOMEONE_ELSE:
            if not (data.get("name") or self.has_error("name")):
                self.add_error("name", "Qui est mis en cause\u00a0?")
            self.reachable(data["recipient"])
        elif chosen and data.get("name"):
            self.add_error(
                "party",
                "Vous avez aussi écrit un autre nom\u00a0: choisissez «\u00a0Une autre"
                "\u00a0personne\u00a0», ou effacez-le.",
            )
        return data | {"known": self.known.get(chosen)}


class ThirdPartyForm(InformingForm):
    """Any stakeholder: a person, a structure, or a person of a structure."""

    stakeholder = forms.ChoiceField(label="Partie prenante")
    structure = forms.CharField(label="Structure", max_length=200, required=False)

    field_order = (
        "stakeholder",
        "name",
        "structure",
        "email",
        "postal_address",
        "subject",
        "body",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [Stakeholder(kind) for kind in self.act.rules.stakeholders] or list(Stakeholder)
        others = [] if Stakeholder.OTHER in kinds else [Stakeholder.OTHER]
        self.fields["stakeholder"].choices = [(k.value, k.label) for k in [*kinds, *others]]

    def recipient(self, data: Mapping[str, Any]) -> Recipient:
        """A structure is written to by its name, or above the address of the person."""
        name, structure = data.get("name", ""), data.get("structure", "")
        above = structure if name else ""
        address = "\n".join(filter(None, [above, data.get("postal_address", "")]))
        return Recipient(name or structure, data.get("email", ""), address)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data["recipient"].name:
            self.add_error("name", "À qui écrivez-vous\u00a0? Donnez un nom ou une structure.")
        if not data.get("postal_address"):
            self.reachable(Recipient("", data.get("email", "")))
        return data


def inform_implicated(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Write to who is implicated; a person named now is a party of the dossier from then on.

    An address typed for someone already known is theirs from then on too.
    """
    recipient: Recipient = data["recipient"]
    party = data["known"] or Party(dossier=act.dossier, role=Party.Role.IMPLICATED)
    party.name, party.email = recipient.name, recipient.email
    party.postal_address = recipient.postal_address
    party.save()
    _inform(act, move, data, EventKind.IMPLICATED_INFORMED)


def inform_third_party(act: Act, move: Move, data: dict[str, Any]) -> None:
    """Write to a stakeholder; the letter keeps to whom, the figures which kind (CM-10)."""
    _inform(act, move, data, EventKind.THIRD_PARTY_INFORMED, stakeholder=data["stakeholder"])


def _inform(act: Act, move: Move, data: dict[str, Any], fact: EventKind, **said: str) -> None:
    recipient: Recipient = data["recipient"]
    letter = send_letter(act, template=move.letter, recipient=recipient, **data["letter"])
    named = may_be_named(act.dossier.complainant)
    act.record(
        fact, personal={"recipient": recipient.name}, letter=letter.number, named=named, **said
    )


def _named(party: Party) -> str:
    return f"{party}, {party.email}" if party.email else str(party)
