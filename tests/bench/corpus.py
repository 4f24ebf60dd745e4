#!/usr/bin/env python3
"""Writes a showcase of N entries, the same in every run: as a site of ours (`ours`), as one of Hugo's
(`hugo`), and as the bare files for the floor program (`plain`), which reads, parses and writes and
does nothing else.

usage: corpus.py N OUT [ours hugo plain]
"""
import datetime
import os
import random
import sys

WORDS = """Verwaltung Digitalisierung Bürgerinnen Bürger Kommune Landkreis Gemeinde Stadt Ministerium
Projekt Lösung Dienst Antrag Verfahren Prozess Plattform Daten Schnittstelle Partner Förderung
Wissenschaft Wirtschaft Zivilgesellschaft Beteiligung Barrierefreiheit Sicherheit Datenschutz offen
gemeinsam digital nachhaltig schnell einfach verständlich regional landesweit neu erprobt übertragbar
entwickelt begleitet qualifiziert vernetzt unterstützt gestaltet veröffentlicht bewertet und oder mit
für durch über unter zwischen nach seit bis ohne gegen die der das ein eine im am zum zur von bei
Straßenverkehrsamt Größenordnung Fördermittelgeber Bundesländer Innovationsplattform Fachverfahren
Einwohnermeldeamt Softwareentwicklung Onlinezugang Rathaus Digitallotse Werkstatt Labor Campus""".split()
TOPICS = ["ki", "open-source", "cloud", "beschaffung", "analytics", "smart-city", "bildung",
          "mobilitaet", "gesundheit", "umwelt", "sicherheit", "beteiligung"]
KINDS = [("initiatives", "initiative", .10), ("partners", "partner", .10), ("events", "event", .40),
         ("solutions", "solution", .20), ("news", "news", .20)]
CODE = """fn antrag(id: u32) -> Result<Antrag, Fehler> {
    let akte = archiv::laden(id)?;
    match akte.status {
        Status::Offen => Ok(akte.into()),
        Status::Erledigt { am } => Err(Fehler::Erledigt(am)),
    }
}
"""

def sentence(r, n=None):
    n = n or r.randint(8, 18)
    ws = [r.choice(WORDS) for _ in range(n)]
    if r.random() < .25: ws[r.randrange(n)] = "**%s**" % ws[0]
    if r.random() < .15: ws[r.randrange(n)] = "*%s*" % ws[1]
    return " ".join(ws).capitalize() + "."

def para(r): return " ".join(sentence(r) for _ in range(r.randint(3, 6)))

def body(r, link, i, code_every=20):
    out = [para(r)]
    for h in range(r.randint(3, 5)):
        out.append("## " + " ".join(r.choice(WORDS) for _ in range(3)).title())
        out.append(para(r))
        k = r.random()
        if k < .3: out.append("\n".join("- " + sentence(r, 7) for _ in range(4)))
        elif k < .45: out.append("> " + sentence(r))
        elif k < .6: out.append("| Jahr | Anzahl | Hinweis |\n|---|---:|---|\n" + "\n".join(
            "| %d | %d | %s |" % (2018 + j, r.randint(10, 900), sentence(r, 4)) for j in range(4)))
        out.append(para(r) + " " + link(r) + " " + link(r))
    if i % code_every == 0: out.append("```rust\n" + CODE + "```")
    return "\n\n".join(out) + "\n"

def entries(n):
    sizes = {k: max(1, int(n * share)) for k, _, share in KINDS}
    day0 = datetime.date(2018, 1, 1)
    for kind, one, _ in KINDS:
        for i in range(sizes[kind]):
            r = random.Random("%s-%d" % (kind, i))
            yield dict(kind=kind, one=one, i=i, r=r, id="%s-%05d" % (one, i),
                title=" ".join(r.choice(WORDS) for _ in range(4)).title() + " %d" % i,
                summary=sentence(r, 16).replace("*", ""),
                date=day0 + datetime.timedelta(days=r.randrange(3000)),
                topics=sorted(r.sample(TOPICS, r.randint(1, 3))),
                partners=sorted({"partner-%05d" % r.randrange(sizes["partners"]) for _ in range(3)}),
                initiative="initiative-%05d" % r.randrange(sizes["initiatives"]), sizes=sizes)

def target(r, sizes):
    kind, one, _ = r.choice(KINDS)
    return kind, one, "%s-%05d" % (one, r.randrange(sizes[kind]))

def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f: f.write(text)

def q(x): return '"%s"' % x.replace('"', '\\"')
def qs(xs): return "[%s]" % ", ".join(q(x) for x in xs)


TYPE={'initiative':'programm','partner':'unternehmen','event':'workshop','solution':'werkzeug','news':'meldung'}
def ours(n,out):
    w=write
    w(out+'/content/site.toml','schema = 1\ntitle = "Schaukasten"\nbase_url = "https://example.org/"\nlanguages = ["de"]\n[menus]\nmain = [%s]\n'%', '.join('{ kind = "%s" }'%one for _,one,_ in KINDS))
    w(out+'/content/_index.md','+++\ntitle = "Start"\n+++\n')
    for k,one,_ in KINDS: w(out+'/content/%s/_index.md'%k,'+++\ntitle = "%s"\nkind = "%s"\n+++\n'%(k.title(),one))
    w(out+'/content/topics/_index.md','+++\ntitle = "Topics"\nkind = "topic"\n+++\n')
    w(out+'/content/topics/_entries.toml',''.join('[[entry]]\nid = "%s"\ntitle = "%s"\n'%(t,t.title()) for t in TOPICS))
    for e in entries(n):
        def link(r):
            k,one,i=target(r,e['sizes']); return 'Siehe [%s](../%s/%s.md).'%(i,k,i)
        one=e['one']
        f=['title = %s'%q(e['title']),'summary = %s'%q(e['summary']),'topics = %s'%qs(e['topics'])]
        if one!='topic': f.append('type = "%s"'%TYPE[one])
        if one=='solution': f.append('status = "produktiv"')
        d={'initiative':'start','event':'start','solution':'delivered','news':'date'}.get(one)
        if d: f.append('%s = %s'%(d,e['date']))
        if one in('initiative','event','solution'): f.append('partners = %s'%qs(e['partners']))
        if one in('event','solution'): f.append('initiatives = [%s]'%q(e['initiative']))
        if one=='news': f.append('about = [%s]'%', '.join(q('partner:'+p) for p in e['partners']))
        w(out+'/content/%s/%s.md'%(e['kind'],e['id']),'+++\n%s\n+++\n\n%s'%('\n'.join(f),body(e['r'],link,e['i'])))

def plain(n, out):
    """The bodies alone, for the physical limit: read, parse, write."""
    for e in entries(n):
        def link(r):
            k, one, i = target(r, e["sizes"]); return "Siehe [%s](/%s/%s/)." % (i, k, i)
        write(out + "/content/%s/%s.md" % (e["kind"], e["id"]), '+++\ntitle = %s\nsummary = %s\ndate = %s\ntopics = %s\n+++\n\n%s' % (
            q(e["title"]), q(e["summary"]), e["date"], qs(e["topics"]), body(e["r"], link, e["i"])))

HUGO = {
"hugo.toml": """baseURL = "https://example.org/"
title = "Schaukasten"
languageCode = "de"
defaultContentLanguage = "de"
[pagination]
pagerSize = 20
[taxonomies]
topic = "topics"
partner = "partnertags"
[outputs]
home = ["html"]
section = ["html"]
taxonomy = ["html"]
term = ["html"]
[markup.goldmark.renderer]
unsafe = true
""",
"layouts/_default/baseof.html": """<!doctype html><html lang="de"><head><meta charset="utf-8">
<title>{{ block "title" . }}{{ site.Title }}{{ end }}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/s.css"></head><body>
<a href="#main">Zum Inhalt</a><header><nav><ul>@NAV@</ul></nav></header>
<main id="main">{{ block "main" . }}{{ end }}</main><footer><p>{{ site.Title }}</p></footer></body></html>
""",
"layouts/_default/single.html": """{{ define "title" }}{{ .Title }} – {{ site.Title }}{{ end }}{{ define "main" }}
<nav aria-label="Pfad"><a href="/">Start</a> / <a href="/{{ .Section }}/">{{ .Section }}</a></nav>
<h1>{{ .Title }}</h1><p class="lead">{{ .Params.summary }}</p>
<time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "02.01.2006" }}</time>
<ul>{{ range .Params.topics }}<li><a href="/topics/{{ . }}/">{{ . }}</a></li>{{ end }}</ul>
{{ with .Params.partnertags }}<ul>{{ range . }}<li><a href="/partners/{{ . }}/">{{ . }}</a></li>{{ end }}</ul>{{ end }}
{{ .TableOfContents }}{{ .Content }}
<p>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</p>{{ end }}
""",
"layouts/_default/list.html": """{{ define "main" }}<h1>{{ .Title }}</h1>{{ $p := .Paginate .Pages }}<ul>
{{ range $p.Pages }}<li><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>
<time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "02.01.2006" }}</time>
<p>{{ .Params.summary }}</p><ul>{{ range .Params.topics }}<li>{{ . }}</li>{{ end }}</ul></li>{{ end }}</ul>
<nav>{{ if $p.HasPrev }}<a href="{{ $p.Prev.URL }}">Zurück</a>{{ end }} {{ $p.PageNumber }}/{{ $p.TotalPages }}
{{ if $p.HasNext }}<a href="{{ $p.Next.URL }}">Weiter</a>{{ end }}</nav>{{ end }}
""",
"layouts/_default/terms.html": """{{ define "main" }}<h1>{{ .Title }}</h1><ul>
{{ range .Data.Terms.Alphabetical }}<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> ({{ .Count }})</li>
{{ end }}</ul>{{ end }}
""",
"layouts/index.html": """{{ define "main" }}<h1>{{ site.Title }}</h1>{{ end }}
""",
}

def hugo(n, out):
    """The same entries with templates that make the same pages, but for what nothing refers back to."""
    nav = "".join('<li><a href="/%s/">%s</a></li>' % (k, k.title()) for k, _, _ in KINDS)
    for path, text in HUGO.items():
        write(out + "/" + path, text.replace("@NAV@", nav))
    write(out + "/content/_index.md", '+++\ntitle = "Start"\n+++\n')
    for k, _, _ in KINDS:
        write(out + "/content/%s/_index.md" % k, '+++\ntitle = "%s"\n+++\n' % k.title())
    for e in entries(n):
        def link(r):
            k, one, i = target(r, e["sizes"]); return 'Siehe [%s]({{< relref "/%s/%s.md" >}}).' % (i, k, i)
        front = ["title = %s" % q(e["title"]), "summary = %s" % q(e["summary"]), "date = %s" % e["date"],
                 "topics = %s" % qs(e["topics"])]
        if e["kind"] != "partners": front.append("partnertags = %s" % qs(e["partners"]))
        write(out + "/content/%s/%s.md" % (e["kind"], e["id"]),
              "+++\n%s\n+++\n\n%s" % ("\n".join(front), body(e["r"], link, e["i"])))


if __name__ == "__main__":
    n, out, which = int(sys.argv[1]), sys.argv[2], sys.argv[3:] or ["ours", "plain"]
    for writer in which:
        globals()[writer](n, os.path.join(out, writer))
