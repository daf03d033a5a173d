# ruff: noqa: E501 (the shells are long lines, as the vendors write them)
"""Build the fixtures: our own Arabic articles in the shells of the vendors' exports.

Run ``python tests/sources/readers/build_fixtures.py`` after a change; a test holds the committed files equal to what
this builds. The articles are invented; outlets and bylines are too.
"""

import gzip
import html
import io
import json
import zipfile
from pathlib import Path

FOLDER = Path(__file__).parent / "fixtures"

# Each: (day, outlet, headline, byline, paragraphs)
ARTICLES = (
    (
        (2015, 12, 23),
        "صحيفة المرصد",
        "موسكو تؤكد وجود «قنوات اتصال» مع الحركة",
        "سلمى الحداد",
        (
            "موسكو (خاص) - أكّد مبعوث روسي يوم الأربعاء أن بلاده تتبادل المعلومات مع الحركة منذ شهور.",
            "وأضاف: «مصالحنا تلتقي في مواجهة التنظيم المتطرف»، مشيرا إلى أن الاتصال لا يعني الاعتراف.",
            "وقال مصدر دبلوماسي إن ٣ جولات من اللقاءات عُقدت خلال ٢٠١٥ في دولة مجاورة.",
        ),
    ),
    (
        (2016, 2, 4),
        "وكالة الأفق",
        "كابل تطلب توضيحا من السفير الروسي",
        "",
        (
            "استدعت الخارجية الأفغانية السفير الروسي لطلب إيضاح حول تصريحات نسبت إلى مسؤول في بلاده.",
            "عنوان: هكذا بدأ البيان الذي وزعته الوزارة على الصحفيين، وهو سطر يشبه بيانات التصدير وليس منها.",
        ),
    ),
    (
        (2017, 4, 14),
        "جريدة الضفاف",
        'مؤتمر موسكو يدعو إلى الحوار "دون شروط" <عاجل>',
        "مراسل الجريدة",
        (
            "دعا المشاركون في مؤتمر عُقد أمس في موسكو إلى حوار مباشر بين الحكومة والحركة & بقية الأطراف.",
            "ولم تشارك الولايات المتحدة، التي رأت أن أهداف اللقاء غير واضحة.",
        ),
    ),
)
_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
_DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
_EN = "January February March April May June July August September October November December".split()
_AR = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()
_ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
E = html.escape


def day(date, months, pattern="{d} {m} {y}"):
    year, month, number = date
    return pattern.format(d=number, m=months[month - 1], y=year)


def n_words(article):
    return sum(len(paragraph.split()) for paragraph in article[4])


def accession(article, code="ARTST"):
    year, month, number = article[0]
    return f"{code}000{year}{month:02d}{number:02d}ec{month:02d}{number:03d}ab"


def factiva_coded() -> str:
    """The layout with field codes, in an Arabic interface."""
    out = []
    for article in ARTICLES:
        date, source, title, byline, paragraphs = article
        lead, *rest = [f'<p class="articleParagraph arArticleParagraph">{E(p, quote=False)}</p>' for p in paragraphs]
        row = '<tr><td align="right" valign="top" class="index"><b>{}</b>&nbsp;</td><td>{}</td></tr>'
        rows = [row.format("HD", f"<b class='arHeadline'>{E(title, quote=False)}</b>\n")]
        rows += [row.format("BY", byline)] if byline else []
        rows += [
            row.format("WC", f"{n_words(article)} كلمة"), row.format("PD", day(date, _AR)), row.format("SN", source),
            row.format("SC", "ARTST"), row.format("LA", "العربية"), row.format("CY", f"(c) {source}.   "),
            f'<tr><td align="right" valign="top" class="index"><p><b>LP</b>&nbsp;</p></td><td>{lead}\n</td></tr>',
            f'<tr><td align="right" valign="top" class="index"><p><b>TD</b>&nbsp;</p></td><td>{chr(10).join(rest)}\n</td></tr>',
            row.format("NS", "gpir : Politics/International Relations"), row.format("RE", "afgh : Afghanistan | russ : Russia"),
            row.format("AN", f"<br/>المستند {accession(article)}"),
        ]  # fmt: skip
        out.append(f'<div class="article arArticle"><table>{"".join(rows)}</table><br/></div><br/><span></span>')
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/><title>Factiva</title></head>'
        f'<body class=\'\'><form name="PageBaseForm"><div id="contentWrapper"><div id="contentLeft"><span></span>{"".join(out)}'
        "</div></div></form>\n</body>\n</html>\n"
    )


def factiva_placed() -> str:
    """The layout without codes, in a German interface, headlines numbered by the export."""
    out = []
    for number, article in enumerate(ARTICLES, start=1):
        date, source, title, byline, paragraphs = article
        author = f'<div class="author">{byline} </div>' if byline else ""
        body = "\n".join(f'<p class="articleParagraph arArticleParagraph">{E(p, quote=False)}</p>' for p in paragraphs)
        out.append(
            f'<div id="article-{accession(article)}" class="article"><div class="article arArticle"><p>\n</p>'
            f'<div>سياسة</div>\n<div id="hd"><span class="arHeadline counted">{number}) {E(title, quote=False)}</span>\n</div>'
            f"{author}<div>{n_words(article)} Wörter</div><div>{day(date, _DE)}</div><div>10:15</div><div>{source}</div>"
            f"<div>ARTST</div><div>12</div><div>Arabisch</div><div>Copyright {date[0]}. {source} </div>\n<p></p>\n{body}\n"
            f"<p>{source} للنشر</p><p>Dokument {accession(article)}</p></div></div><br><span></span>"
        )
    return (
        '<html><head>\n<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><title>Factiva</title>\n</head>\n'
        f'<body class=""><form><div id="contentWrapper"><div id="contentLeft">{"".join(out)}<table><tr><td>Zusammenfassung der Suche'
        "</td></tr></table></div></div></form></body></html>\n"
    )


def factiva_xml() -> str:
    out = []
    for article in ARTICLES:
        (year, month, number), source, title, byline, (lead, *rest) = article
        paragraph = '<paragraph display="Proportional" truncation="None">{}</paragraph>'.format
        out.append(
            f"      <ppsarticle>\n        <article>\n          <accessionNo>{accession(article)}</accessionNo>\n"
            "          <baseLanguage>AR</baseLanguage>\n"
            f"          <byline>{byline}</byline>\n          <copyright>(c) {source}   </copyright>\n"
            f"          <headline>\n            {paragraph(E(title, quote=False))}\n          </headline>\n"
            f"          <leadParagraph>\n            {paragraph(E(lead, quote=False))}\n          </leadParagraph>\n          <pages />\n"
            f"          <publicationDate>\n            <dateTime>{year}-{month:02d}-{number:02d}T01:35:58Z</dateTime>\n"
            f"          </publicationDate>\n          <sourceName>{source}</sourceName>\n"
            '          <region code="afgh">\n            <name>Afghanistan</name>\n          </region>\n'
            "          <sourceCode>ARTST</sourceCode>\n          <tailParagraphs>\n            "
            + "\n            ".join(paragraph(E(p, quote=False)) for p in rest)
            + f"\n          </tailParagraphs>\n          <wordCount>{n_words(article)}</wordCount>\n        </article>\n"
            "      </ppsarticle>\n"
        )
    return (
        '\ufeff<?xml version="1.0" encoding="utf-8"?>\n<PPSResponse>\n  <ppsArticleResponse xmlns="http://global.factiva.com/pps/2.0">\n'
        f'    <ppsarticleResultSet count="{len(out)}">\n{"".join(out)}    </ppsarticleResultSet>\n  </ppsArticleResponse>\n</PPSResponse>\n'
    )


def nexis_html() -> str:
    """Labels in French, as a French interface writes them."""
    box = '<br><div class="{}"><p class="{}">{}</p>\n</div>\n'.format
    span = '<span class="{}">{}</span>'.format
    out = []
    for number, article in enumerate(ARTICLES, start=1):
        date, source, title, byline, paragraphs = article
        label = lambda name, value: box("c5", "c6", span("c8", f"{name}: ") + span("c2", value))  # noqa: E731
        body = "\n".join(f'<p class="c9">{span("c2", E(p, quote=False))}</p>' for p in paragraphs)
        out.append(
            f'<a name="DOC_ID_0_{number - 1}"></a><!-- Hide XML section from browser\n<DOC NUMBER={number}>\n<DOCFULL> -->\n'
            + box("c0", "c1", span("c2", f"{number} of {len(ARTICLES)} DOCUMENTS"))
            + box("c3", "c1", span("c2", source))
            + box("c3", "c1", span("c4", str(date[2])) + span("c2", day(date, _FR, " {m} {y} mercredi")))
            + box("c5", "c6", span("c7", E(title, quote=False)))
            + (label("AUTEUR", byline) if byline else "")
            + label("RUBRIQUE", "INTERNATIONAL; Pg. 3")
            + label("LONGUEUR", f"{n_words(article)} mots")
            + f'<br><div class="c5">{body}\n</div>\n'
            + label("DATE-CHARGEMENT", day(date, _FR))
            + label("LANGUE", "ARABIC; ARABE")
            + label("TYPE-PUBLICATION", "Journal")
            + box("c0", "c1", span("c2", f"Copyright {date[0]} {source}<br>Tous Droits Réservés"))
            + '<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->\n<br class="c10">\n'
        )
    styles = (
        ".c0 { text-align: center; }\n.c1 { text-align: center; margin-top: 0em; }\n.c2 { font-size: 10pt; font-weight: normal; }\n"
        ".c3 { text-align: center; margin-left: 13%; }\n.c4 { font-size: 10pt; font-weight: bold; }\n.c5 { text-align: left; }\n"
        ".c6 { text-align: left; margin-top: 0em; }\n.c7 { font-size: 14pt; font-weight: bold; }\n.c8 { font-size: 10pt; font-weight: bold; }\n"
        ".c9 { text-align: left; margin-top: 1em; }\n.c10 { page-break-before: always; }\n"
    )
    return (
        f'<html><head><style type="text/css"><!--\n{styles}--></style>\n<!-- LXNComment 3847:1 -->\n<title>&nbsp;</title></head><body>\n'
        f"{''.join(out)}</body></html>\n"
    )


def wrapped(text: str, width: int = 70) -> str:
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + len(word) + 1 > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def nexis_text() -> str:
    """Plain text in an English interface, lines wrapped, ends CR LF."""
    out = [
        "\n\nDownload Request: Selected Items: 1-3\nTime Of Request: Friday, March 20, 2018  16:51:31\n\n\nProject ID: None\n\n\n"
    ]
    for number, article in enumerate(ARTICLES, start=1):
        date, source, title, byline, paragraphs = article
        out.append(
            f"                               {number} of {len(ARTICLES)} DOCUMENTS\n\n\n\n"
            f"                                  {source}\n\n"
            f"                            {day(date, _EN, '{m} {d}, {y}')} Wednesday\n"
            + ("                                 الطبعة الثانية\n" if number == 1 else "")
            + f"\n{wrapped(title)}\n\n"
            + (f"BYLINE: {byline}\n\n" if byline else "")
            + f"SECTION: NEWS; Pg. 8\n\nLENGTH: {n_words(article)} words\n\n\n"
            + "\n\n".join(wrapped(paragraph) for paragraph in paragraphs)
            + f"\n\n\nLOAD-DATE: {day(date, _EN, '{m} {d}, {y}')}\n\nLANGUAGE: ARABIC\n\nPUBLICATION-TYPE: Newspaper\n\n\n"
            f"                       Copyright {date[0]} {source}\n                              All Rights Reserved\n\n"
        )
    return ("\ufeff" + "".join(out)).replace("\n", "\r\n")


def _paragraph(text: str, *, bold: bool = False, bookmark: str = "", number: int = 0) -> str:
    mark = f'<w:bookmarkStart w:id="{number}" w:name="{bookmark}"/><w:bookmarkEnd w:id="{number}"/>' if bookmark else ""
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{E(line, quote=False)}</w:t>' for line in text.split("\n"))
    return f"<w:p>{mark}<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{runs}</w:r></w:p>"


def docx(paragraphs: list[str]) -> bytes:
    """A Word file of ready paragraphs; the same bytes each time."""
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="http://schemas.openxmlformats.org/'
        f'wordprocessingml/2006/main"><w:body>{"".join(paragraphs)}<w:sectPr/></w:body></w:document>'
    )
    types = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            ("[Content_Types].xml", types),
            ("word/document.xml", document),
            ("word/styles.xml", "<x/>"),
        ):
            archive.writestr(zipfile.ZipInfo(name, (2015, 12, 23, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def nexis_docx() -> bytes:
    """The present Word export: a cover page, bookmarks, an English interface."""
    out = [
        _paragraph("Date and Time: Friday, 5. July 2019 09:31:00 CEST", bold=True),
        _paragraph("Documents (3)", bold=True),
    ]
    out += [_paragraph(f"{number}. {article[2]}") for number, article in enumerate(ARTICLES, start=1)]
    out += [_paragraph("Search Terms: موسكو", bold=True)]
    for number, article in enumerate(ARTICLES, start=1):
        date, source, title, byline, paragraphs = article
        out += [
            _paragraph("", bookmark=f"Bookmark_{number}", number=number),
            _paragraph(title, bold=True), _paragraph(source), _paragraph(day(date, _EN, "{m} {d}, {y} Wednesday 9:20 AM GMT")),
            _paragraph(""), _paragraph(f"\nCopyright {date[0]} {source} All Rights Reserved"),
            _paragraph("Section:\u00a0سياسة", bold=True), _paragraph(f"Length:\u00a0{n_words(article)} words", bold=True),
            *([_paragraph(f"Byline:\u00a0{byline}", bold=True)] if byline else []),
            _paragraph("Body", bold=True, bookmark="Body" if number == 1 else f"Body_{number - 2}", number=100 + number),
            *[_paragraph(paragraph) for paragraph in paragraphs],
            _paragraph("Classification", bold=True, bookmark=f"Classification_{number}", number=200 + number),
            _paragraph("Language:\u00a0ARABIC", bold=True), _paragraph(f"\nLoad-Date:\u00a0{day(date, _EN, '{m} {d}, {y}')}", bold=True),
            _paragraph("\nEnd of Document", bold=True),
        ]  # fmt: skip
    return docx(out)


def nexis_docx_german() -> bytes:
    """A Word export without bookmarks, in a German interface."""
    out = []
    for article in ARTICLES[:2]:
        date, source, title, byline, paragraphs = article
        out += [
            _paragraph(title, bold=True), _paragraph(source), _paragraph(day(date, _DE, "{d}. {m} {y} Mittwoch")),
            _paragraph(f"Copyright {date[0]} {source}"), _paragraph(f"Länge: {n_words(article)} Wörter", bold=True),
            *([_paragraph(f"Von: {byline}", bold=True)] if byline else []),
            _paragraph("Haupttext", bold=True), *[_paragraph(paragraph) for paragraph in paragraphs],
            _paragraph("Sprache: ARABISCH", bold=True), _paragraph("Ende des Dokuments", bold=True),
        ]  # fmt: skip
    return docx(out)


def europresse_older() -> str:
    out = []
    for number, article in enumerate(ARTICLES, start=1):
        (year, month, number_of_day), source, title, byline, paragraphs = article
        document = f"news·{year}{month:02d}{number_of_day:02d}·MR·{20400 + number}"
        body = "<p></p>".join(E(p, quote=False) for p in paragraphs)
        out.append(
            '<table style="table-layout: fixed; width: 96%;"><tr><td style="word-wrap: break-word" ><table id="tbHeaderImages"><tr>'
            '<td id="celPublication"><img src="hu_small.gif" border="0"><br></td></tr></table>'
            f'<span class="DocPublicationName">{source}</span><br><span class="DocHeader">Monde, </span>'
            f'<span class="DocHeader">mercredi </span><span class="DocHeader">{day(article[0], _FR)}</span>'
            f'<span class="DocHeader">, p. 0{number}</span><br><br><span class="TitreArticleVisu">{E(title, quote=False)}</span><br><br>'
            + (f"{byline}<br><p></p>" if byline else "")
            + f"{body}<p></p><b><i>© {year} {source}. Tous droits réservés.</i></b><p></p>Numéro de document : {document}<br><br><br>"
            f'<table bgcolor="#ffffff"><tr><td align="center"><img src="x.gif" alt="Certificat PubliC">{document}</td></tr>'
            "<tr> <td>Ce certificat est émis à <b>Université</b>.</td></tr></table></td></tr></table>\n<p><br><br>"
        )
    return (
        '<html xmlns:n1="http://www.cedrom-sni.com/schema/newsv1.xsd"><head>\n<META http-equiv="Content-Type" content="text/html; '
        f'charset=ISO-8859-1">\n</head><body>\n{"".join(out)}\n</body></html>\n'
    )


def europresse_newer() -> str:
    out = []
    for number, article in enumerate(ARTICLES, start=1):
        (year, month, number_of_day), source, title, byline, paragraphs = article
        body = "".join(f"<p>{E(p, quote=False)}</p>" for p in paragraphs)
        author = f'<div class="docAuthors"><p>{byline}</p></div>' if byline else ""
        out.append(
            f'<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">{source}</span></div>'
            f'<div><span class="DocHeader">{day(article[0], _FR)}, p. 0{number}</span></div><div class="titreArticle">'
            f'<p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">{E(title, quote=False)}</p></div>{author}</header>'
            f'<section><div class="DocText clearfix"><div class="docOcurrContainer">{body}</div></div></section>'
            f'<footer><small>© {year} {source}. Tous droits réservés.</small><div class="publiC-lblNodoc">'
            f"news·{year}{month:02d}{number_of_day:02d}·MR·{30400 + number}</div></footer></article>"
        )
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>Europresse</title></head><body>{"".join(out)}</body></html>\n'


def proquest() -> str:
    rule = "_" * 60
    contents = "\n\n".join(f"{number}. {article[2]}" for number, article in enumerate(ARTICLES, start=1))
    out = [
        f"{rule}\n\nReport Information from ProQuest\nMarch 12 2019 05:32\n{rule}\n\n\n\n\n{rule}\n\nTable of contents\n\n{contents}\n\n"
    ]
    for number, article in enumerate(ARTICLES, start=1):
        date, source, title, byline, paragraphs = article
        out.append(
            f"{rule}\n\nDocument {number} of {len(ARTICLES)}\n\n{title}\n\n"
            + (f"Author: {byline}\n\n" if byline else "")
            + f"Publication info: {source} ; Beirut [Beirut]{day(date, _EN, '{d} {m} {y}')}: 4.\n\nhttp://search.example.org/docview/{number}\n\n"
            "Abstract: None available.\n\nLinks: http://sfx.example.org/x?y=1\n\n"
            "Full text: " + "\n\n".join(paragraphs) + "\n\n"
            f"Subject: Diplomacy\n\nLocation: Russia; Afghanistan\n\nTitle: {title}\n\nPublication title: {source}\n\nPages: 4\n\n"
            f"Publication year: {date[0]}\n\nPublication date: {day(date, _EN, '{m} {d}, {y}')}\n\nSection: سياسة\n\n"
            f"Publisher: {source}\n\nCountry of publication: Lebanon\n\nLanguage of publication: Arabic\n\nDocument type: News\n\n"
            f"ProQuest document ID: 17{number}5561\n\nDocument URL: http://search.example.org/docview/{number}?accountid=1\n\n"
            f"Copyright: (Copyright {date[0]} {source})\n\nLast updated: 2018-01-01\n\nDatabase: Example Newsstand\n\n"
        )
    return "".join(out) + f"{rule}\n\nBibliography\n\nCitation style: APA 6th\n"


def rss() -> str:
    out = []
    for number, article in enumerate(ARTICLES, start=1):
        (year, month, number_of_day), _, title, byline, paragraphs = article
        body = "".join(f'<p dir="rtl">{E(p, quote=False)}</p>' for p in paragraphs)
        held = f"<![CDATA[{body}]]>" if number != 2 else f"<![CDATA[{E(body)}]]>"  # the second is escaped twice
        element = ("content:encoded", "description", "description")[number - 1]
        summary = "<description><![CDATA[<p>ملخص</p>]]></description>" if number == 1 else ""
        author = f"<dc:creator><![CDATA[{byline}]]></dc:creator>" if byline else ""
        out.append(
            f"<item>\n<title>{E(title, quote=False)}</title>\n<link>https://outlet.example/a/{number}?x=1&amp;y=2</link>\n{author}"
            f"<pubDate>Wed, {number_of_day:02d} {_EN[month - 1][:3]} {year} 18:04:57 +0300</pubDate>\n<category>سياسة</category>"
            f'<guid isPermaLink="false">https://outlet.example/?p={number}</guid>{summary}<{element}>{held}</{element}>\n</item>\n'
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel>\n<title>صحيفة المرصد</title>\n<link>https://outlet.example/</link>'
        f"<image><title>شعار</title></image><language>ar-SA</language>\n{''.join(out)}</channel>\n</rss>\n"
    )


def atom() -> str:
    out = []
    for number, article in enumerate(ARTICLES, start=1):
        (year, month, number_of_day), _, title, byline, paragraphs = article
        body = "".join(f"<p>{E(p, quote=False)}</p>" for p in paragraphs)
        out.append(
            f'<entry><title type="html">{E(E(title, quote=False), quote=False)}</title><id>urn:x:{number}</id>'
            f'<link rel="alternate" href="https://outlet.example/b/{number}"/><link rel="edit" href="https://outlet.example/e"/>'
            f"<updated>2020-01-01T00:00:00Z</updated><published>{year}-{month:02d}-{number_of_day:02d}T21:30:00+03:00</published>"
            f"<author><name>{byline or 'التحرير'}</name></author>"
            f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{body}</div></content></entry>\n'
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title>وكالة الأفق</title>'
        f"<updated>2020-01-01T00:00:00Z</updated>\n{''.join(out)}</feed>\n"
    )


def page(article=ARTICLES[0], *, dated: bool = True) -> str:
    date, source, title, byline, paragraphs = article
    body = "\n".join(f"<p>{E(p, quote=False)}</p>" for p in paragraphs * 3)
    stamp = (
        f'<meta property="article:published_time" content="{date[0]}-{date[1]:02d}-{date[2]:02d}T09:00:00+03:00">'
        if dated
        else ""
    )
    return (
        f'<!DOCTYPE html>\n<html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{E(title)} | {source}</title>{stamp}\n'
        f'<link rel="canonical" href="https://outlet.example/news/1"><meta property="og:site_name" content="{source}">'
        f'<meta property="og:title" content="{E(title)}"></head>\n<body><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/s">رياضة</a></li></ul></nav>'
        '<div class="ticker"><marquee>عاجل: ارتفاع أسعار الذهب</marquee></div>\n'
        f'<main><article><h1>{E(title)}</h1><div class="date">{day(date, _AR, "الأربعاء {d} {m} {y} - 09:00")}</div>\n{body}</article></main>\n'
        '<aside><h3>اقرأ أيضا</h3><ul><li><a href="/2">الطقس غدا غائم جزئيا</a></li></ul></aside>'
        '<section id="comments"><h3>أضف تعليقا</h3><p>تعليق من زائر</p></section><footer>جميع الحقوق محفوظة</footer></body></html>\n'
    )


def _warc_record(kind: str, address: str | None, block: bytes, number: int, mime: str) -> bytes:
    target = f"WARC-Target-URI: {address}\r\n" if address else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
        f"WARC-Date: 2019-03-0{number}T04:02:06Z\r\n{target}Content-Type: {mime}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def warc_records() -> list[bytes]:
    message = "application/http; msgtype=response"
    out = [_warc_record("warcinfo", None, b"software: own\r\n", 1, "application/warc-fields")]
    for number, article in enumerate(ARTICLES, start=1):
        content = page(article, dated=number != 2).replace("/news/1", f"/news/{number}").encode()
        if number == 3:  # sent in chunks
            chunks = b"".join(
                b"%x\r\n%s\r\n" % (len(content[i : i + 700]), content[i : i + 700]) for i in range(0, len(content), 700)
            )
            block = (
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunks
                + b"0\r\n\r\n"
            )
        else:
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + content
        out.append(_warc_record("response", f"https://outlet.example/news/{number}", block, number, message))
    picture = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"
    missing = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html>x</html>"
    request = b"GET /news/1 HTTP/1.0\r\nHost: outlet.example\r\n\r\n"
    return [
        *out,
        _warc_record("request", "https://outlet.example/news/1", request, 5, "application/http; msgtype=request"),
        _warc_record("response", "https://outlet.example/a.png", picture, 6, message),
        _warc_record("response", "https://outlet.example/news/9", missing, 7, message),
        _warc_record("revisit", "https://outlet.example/news/1", b"HTTP/1.1 200 OK\r\n\r\n", 8, message),
    ]


def warc_gz() -> bytes:
    return b"".join(gzip.compress(record, mtime=0) for record in warc_records())


def mediacloud() -> str:
    rows = ["id,indexed_date,language,media_name,media_url,publish_date,title,url"]
    for number, (date, source, title, _, _) in enumerate(ARTICLES, start=1):
        quoted = '"' + title.replace('"', '""') + '"'
        stamp = f"{date[0]}-{date[1]:02d}-{date[2]:02d}"
        rows.append(
            f"a{number}f3,2020-01-0{number} 10:00:00.5,ar,{source},outlet.example,{stamp},{quoted},https://outlet.example/m/{number}"
        )
    return "\n".join(rows) + "\n"


def gdelt() -> str:
    articles = [
        {
            "url": f"https://outlet.example/g/{number}", "url_mobile": "", "title": title,
            "seendate": f"{date[0]}{date[1]:02d}{date[2]:02d}T101500Z", "socialimage": "", "domain": "outlet.example",
            "language": "Arabic", "sourcecountry": "Lebanon",
        }
        for number, (date, _, title, _, _) in enumerate(ARTICLES, start=1)
    ]  # fmt: skip
    return json.dumps({"articles": articles}, ensure_ascii=False, indent=1) + "\n"


def fixtures() -> dict[str, bytes]:
    """Return every fixture: file name to bytes. The names say nothing to the readers."""
    texts = {
        "factiva_coded.html": factiva_coded(), "factiva_placed.html": factiva_placed(), "factiva.xml": factiva_xml(),
        "nexis.html": nexis_html(), "nexis.txt": nexis_text(), "europresse_older.html": europresse_older(),
        "europresse_newer.html": europresse_newer(), "proquest.txt": proquest(), "rss.xml": rss(), "atom.xml": atom(),
        "page.html": page(), "mediacloud.csv": mediacloud(), "gdelt.json": gdelt(),
    }  # fmt: skip
    binaries = {
        "nexis.docx": nexis_docx(), "nexis_german.docx": nexis_docx_german(), "crawl.warc.gz": warc_gz(),
        "plain.docx": docx([_paragraph(p) for p in ARTICLES[0][4]]), "windows_1256.txt": "\n".join(ARTICLES[1][4]).encode("windows-1256"),
    }  # fmt: skip
    return {**{name: text.encode("utf-8") for name, text in texts.items()}, **binaries}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for file, content in fixtures().items():
        (FOLDER / file).write_bytes(content)
