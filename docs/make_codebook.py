"""Write docs/codebook.md: the tables from discourse/tables.py, and the codes of the hand coding from this file."""

import os
import sys
from pathlib import Path

from discourse.tables import codebook

CODES = """\
# Codebook: the hand codes

The unit of coding is one report: an article or an agency item. `seeds/reports` is coded by these rules, and `seeds/article/reading.yml`
applies them to sentences.

## position

The position of Russia toward the Taliban that the report as a whole conveys. Ordinal.

| code | label | Arabic | given when |
|---|---|---|---|
| -2 | hostile | عداء | they are an enemy or terrorists; condemnation; threat or use of force; backing of their enemies |
| -1 | wary | حذر | they are a threat or a concern; conditions are unmet; recognition or their demands are refused |
| 0 | ambivalent | تردد أو توازن | both sides weigh the same, or contacts are reported without any evaluation |
| +1 | engaged | انخراط | contacts, dialogue, invitations, shared interests, exchange of information |
| +2 | cooperative | تعاون | support, alliance, lifting of the ban, recognition, agreements |
| null | no Russian position | لا موقف روسي | Russia and the Taliban both occur, but no position of Russia is conveyed |

## position_voice

Whose word the position is.

| code | given when |
|---|---|
| russia | Russia's own words or acts convey it |
| third_party | somebody else says it of Russia |

An accusation is the act of the accuser, a denial the act of the accused. A report led by the accusation that Russia arms the Taliban is +2 with
voice third_party; one led by Russia's denial is 0 with voice russia. Measures of Russia's position use voice russia unless told otherwise, and
show both on request.

## frames and main_frame

The set of frames that the report really uses, and the dominant one of them.

| code | Arabic | what it holds | Policy Frames Codebook |
|---|---|---|---|
| counterterrorism | مكافحة الإرهاب | a common enemy; the fight against the so-called Islamic State | Security and Defense |
| designation | التصنيف والحظر | listing as terrorists, the ban, its lifting | Legality, Constitutionality, Jurisdiction |
| regional_security | أمن المنطقة | Central Asia, borders, spill-over | Security and Defense |
| diplomacy | الدبلوماسية | talks, mediation, the Moscow format | External Regulation and Reputation |
| recognition | الاعتراف | recognition of the government, legitimacy | External Regulation and Reputation |
| rivalry | التنافس | rivalry with the United States or NATO | External Regulation and Reputation |
| arming | التسليح | arming, funding, military support: accusations and denials | Security and Defense |
| economy | الاقتصاد | trade, energy, wheat, transit | Economic |
| rights | الحقوق | women, inclusive government, minorities | Fairness and Equality |
| drugs | المخدرات | drugs and their traffic | Crime and Punishment |
| humanitarian | الشأن الإنساني | aid, refugees | Quality of Life |
| history | التاريخ | the Soviet war, hostages, the 1990s | Cultural Identity |

The last column is the crosswalk to Boydstun et al. (2014), Tracking the Development of Media Frames within and across Policy Issues.

## speakers

Each person or body whose speech is reported, in its shortest unambiguous Arabic form, with its side: russia, taliban, us, afghan_gov, other.

## other variables

| variable | codes |
|---|---|
| agency | the wire credited, none where none is |
| genre | news, analysis, opinion, statement |
| date_precision | day, month, year |
| date_basis | stated (the page says it), address (it stands in the address), implied (it follows from the events reported) |

## Reliability

Krippendorff's alpha with an interval, per variable: ordinal for position, nominal per frame. From 0.80 up results are firm; from 0.667 to 0.80 they
allow tentative conclusions only (Krippendorff 2004), read from the lower bound. Alpha looks at units that both coded: where "no position" is a
finding too, whether there is one is measured beside it (docs/method-validation.md). A coder's agreement with himself is an upper bound and not reliability; where it is shown,
that is said.
"""


def text() -> str:
    """Return the text of docs/codebook.md."""
    return codebook().rstrip("\n") + "\n\n" + CODES


if __name__ == "__main__":
    target = Path(__file__).with_name("codebook.md")
    whole = text()
    part = target.with_suffix(".part")
    part.write_text(whole, encoding="utf-8", newline="\n")
    os.replace(part, target)
    sys.stdout.write(f"wrote docs/{target.name}: {len(whole.splitlines())} lines\n")
