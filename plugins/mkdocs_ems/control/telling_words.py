"""Words whose change is never editorial: those that oblige, forbid, limit, count, or say when.

In English, German, French and Spanish, written as texts of a management system use them, in
lower case. A word too many costs an ordinary approval; a word too few is read by the approver
in the redline all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

_OBLIGING = """
must shall should may might can could cannot will would ought need needs needed required
require requires requirement mandatory compulsory obligatory obliged obligation responsible ensure ensures
prohibit prohibits prohibited forbid forbids forbidden ban banned never not no none nobody nothing neither
nor without unless except only always all every each any anyone everybody everyone allow allows allowed
permit permits permitted authorised authorized avoid exempt optional voluntary recommended
least most more less fewer maximum minimum max min exceed exceeds above below under per
before after until within immediately
muss müssen musst müsst mußt muß soll sollen sollte sollten sollst darf dürfen dürfte kann können könnte
könnten nicht kein keine keinen keinem keiner keines nie niemals niemand nichts weder noch ohne
außer ausser nur immer stets alle allen aller jeder jede jedes jeden jedem verboten verbieten untersagt
unzulässig zulässig erlaubt gestattet verpflichtet verpflichtend pflicht erforderlich notwendig nötig
zwingend verbindlich verantwortlich sicherstellen vermeiden freiwillig empfohlen mindestens höchstens
maximal minimal mehr weniger unter vor nach bis binnen innerhalb sofort unverzüglich
doit doivent devra devront devrait devraient peut peuvent pourra pourraient faut obligatoire obligatoires
obligé exigé interdit interdite interdits interdites interdire défense ne pas jamais aucun aucune rien sans
sauf seulement uniquement toujours tous toutes chaque autorisé autorisée permis éviter responsable maximum
minimum moins plus avant après jusque immédiatement
debe deben deberá deberán debería puede pueden podrá podrán obligatorio obligatoria prohibido prohibida
prohibir nunca jamás ningún ninguna nada sin salvo excepto sólo solo siempre todos todas cada permitido
permitida autorizado evitar responsable máximo mínimo menos más antes después hasta inmediatamente
"""

_DECIDING = """
refuse refuses refused reject rejects rejected accept accepts accepted approve approves approved
open opens opened close closes closed shut start starts started stop stops stopped off switch disconnect
safe unsafe harmless harmful hazardous dangerous toxic possible impossible acid acidic alkaline
higher lower high low increase increases decrease decreases full empty inside outside upstream downstream
ablehnen lehnt abgelehnt annehmen nimmt angenommen öffnen öffnet offen geöffnet schließen schließt
geschlossen sicher unsicher gefährlich ungefährlich möglich unmöglich sauer basisch
refuser refuse refusé accepter accepte accepté ouvrir ouvert ouverte fermer fermé fermée arrêter
dangereux dangereuse possible impossible acide basique
rechazar rechaza rechazado aceptar acepta aceptado abrir abierto abierta cerrar cerrado cerrada parar
seguro segura peligroso peligrosa posible imposible ácido básico
"""
"""Words that oblige nobody by themselves and have a contrary that is one word too."""

_COUNTING = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million
first second third fourth fifth half double triple once twice both dozen
null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn zwanzig
dreißig vierzig fünfzig hundert tausend halb halbe hälfte doppelt einmal zweimal dreimal erste ersten zweite
zweiten dritte dritten
deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente cent mille demi double
dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta cien mil medio doble
"""

_DATING = """
january february march april june july august september october november december jan feb mar apr jun jul
aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
daily weekly fortnightly monthly quarterly yearly annual annually hourly shift morning evening night weekend
januar februar märz april mai juni juli august september oktober november dezember montag dienstag mittwoch
donnerstag freitag samstag sonnabend sonntag täglich wöchentlich monatlich vierteljährlich halbjährlich
jährlich stündlich tag tage tagen woche wochen monat monate monaten jahr jahre jahren stunde stunden
janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi
jeudi vendredi samedi dimanche quotidien hebdomadaire mensuel trimestriel annuel jour jours semaine semaines
mois ans année années heure heures
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes
miércoles jueves viernes sábado domingo diario semanal mensual trimestral anual día días semana semanas mes
meses año años hora horas
"""


def told_by(word: str) -> str | None:
    """What a word in lower case is, if its change is never editorial: `a number`, `a date` and so on."""
    if word.endswith("n't"):
        return "a word that obliges or forbids"
    return _known().get(word)


@cache
def _known() -> Mapping[str, str]:
    kinds = (
        ("a date", _DATING),
        ("a number", _COUNTING),
        ("a word that obliges or forbids", _OBLIGING),
        ("a word with a contrary", _DECIDING),
    )
    return {word: kind for kind, words in kinds for word in words.split()}
