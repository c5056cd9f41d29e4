namespace DataMesh.Tool.Tests;

/// <summary>Command lines whose output, errors and exit code are the real <c>cue</c>'s, byte for byte.</summary>
public sealed class CommandLines
{
    private const string Schema = """
        -- s.cue --
        package s

        #A: {n!: int & <130, s: string, o?: [...int]}
        x: #A & {n: 1}
        -- o.cue --
        a: 1, b: "x y", c: [1, {d: 2}], #D: 1, _h: 2
        -- i.cue --
        a: int
        z: string
        b: [int]
        c: {d: >5}
        -- f.cue --
        import "strings"

        b: strings.MinRunes(5) & "x"
        c: 1/0
        d: >5 & 3
        D: close({a: 1}) & {b: 2}
        e: 1 & 2
        l: a: b: 1 & 2
        -- tags.cue --
        package t

        a: *"d" | string        @tag(a)
        n: int                  @tag(n,type=int)
        e: "prod" | "staging"   @tag(env,short=prod|staging)
        s: x: string            @tag(sx)
        -- foo.cue --
        @if(foo && !bar)

        package t

        foo: true
        -- ign.cue --
        @ignore()

        package t

        ign: true
        -- y_test.cue --
        package t

        a: 1
        -- bad.cue --
        a: [
        -- nope.cue --
        k: nope
        -- d.json --
        {"n": 140, "s": 1, "q": 2, "o": [1,"x"]}
        -- ok.json --
        {"n":1,"s":"x"}
        -- missing.json --
        {"n":1}
        -- bad.json --
        {"n": 1,}
        -- two.yaml --
        n: 1
        s: y
        ---
        n: 2
        s: z
        -- bad.yaml --
        a: [
        -- lines.jsonl --
        {"n":1}
        {"n":"x"}
        -- deep.cue --
        package deep

        a: b: c: d: e: f: [{
        	g: "x\ny"
        	h: "x\n\(#z)"
        }]
        #z: string
        i: string | "x\ny"
        -- top.cue --
        "x\(#z)"
        #z: string
        -- note.txt --
        hello
        -- req.cue --
        x: {a!: 1 & 2, b?: int & string}
        y!: {c: d: 1 & "a"}
        -- t.toml --
        n = 1
        s = "t"
        """;

    public static TheoryData<string> Lines =>
    [
        "export i.cue",
        "vet -c i.cue", "eval -c i.cue",
        "vet s.cue", "vet -c s.cue", "vet -c=false s.cue", "vet -d #A s.cue ok.json",
        "vet s.cue d.json", "vet -d #B s.cue ok.json", "vet -d #A s.cue bad.json", "vet d.json", "vet -d #A d.json",
        "vet -d #A s.cue missing.json ok.json missing.json",
        "vet -d #A s.cue two.yaml", "vet -d #A s.cue t.toml", "vet -d #A -d _ s.cue ok.json", "vet -d #A -l foo s.cue ok.json",
        "vet --foo", "vet -q", "vet nofile.cue", "vet s.cue tags.cue", "vet bad.cue", "vet nope.cue", "vet y_test.cue",
        "vet -d #A s.cue nofile.json", "vet -d nope( s.cue ok.json", "vet -d #A s.cue bad.yaml",
        "eval o.cue", "eval -a o.cue", "eval -H o.cue", "eval -e a -e c[1].d+1 o.cue", "eval -e a o.cue", "eval -e nope o.cue", "eval -e strings.ToUpper(b) o.cue",
        "eval -e c[5] o.cue", "eval i.cue", "eval s.cue ok.json", "eval -d #A s.cue ok.json", "eval tags.cue foo.cue",
        "eval -t foo tags.cue foo.cue", "eval -t foo -t bar tags.cue foo.cue", "eval -t a=1 tags.cue", "eval -t n=3 -t prod -t sx=y tags.cue",
        "eval -t n=x tags.cue", "eval -t zz tags.cue", "eval -t zz=1 tags.cue", "eval foo.cue", "eval ign.cue", "eval --out json o.cue",
        "eval two.yaml", "eval jsonx: ok.json", "eval json:ok.json", "eval .", "eval .:s", "eval .:t", "eval .:zz", "eval ./...", "eval .:_", "eval ./nope", "eval nope.org/p", "eval t",
        "export o.cue", "export --out yaml o.cue", "export --out toml o.cue", "export --out cue o.cue", "export --out text -e b o.cue", "export --out binary -e b o.cue",
        "export --out yaml -e a -e b -e c o.cue", "export --out cue -e a -e c o.cue", "export -e a -e b o.cue", "export -e c i.cue",
        "export --out foo o.cue", "export --out json+x o.cue", "export --out go o.cue", "export -o out.zzz o.cue", "export -o - o.cue", "export -o yaml:- o.cue",
        "export --list two.yaml", "export -l x: -l strings.ToUpper(s) ok.json", "export -l \"a-b\": ok.json", "export --with-context -l data.s -l path.Base(filename) ok.json",
        "export --list -l s ok.json two.yaml", "export -d #A s.cue ok.json two.yaml", "export -d #A --out yaml s.cue ok.json two.yaml", "export -d #A o.cue",
        "export note.txt", "export -l t text: note.txt", "export bad.json", "export bad.yaml", "export -e a,b o.cue", "export --out text o.cue",
        "eval deep.cue", "def deep.cue", "export --out cue -e {k:{l:n}} s.cue tags.cue", "eval top.cue", "def top.cue", "eval -e #z.y top.cue",
        "export --out cue -e a deep.cue", "export --out cue -e {k:{l:a}} o.cue", "export --out cue -e a:a o.cue",
        "def o.cue", "def -e c o.cue", "def --out json o.cue", "def ok.json",
        "fmt --check s.cue o.cue nope.cue", "fmt --diff f.cue", "fmt -d o.cue", "fmt bad.cue", "fmt nofile.cue", "fmt -x", "fmt nope", "fmt ./nope",
        "vet f.cue", "vet -c f.cue", "eval f.cue", "eval -c f.cue", "eval -i f.cue", "export f.cue", "def f.cue", "export -e b f.cue", "eval -e l f.cue", "eval -A f.cue",
        "vet -c=false f.cue", "def i.cue", "def s.cue", "def -A s.cue", "eval -O s.cue", "eval -a -H -O s.cue", "eval -c s.cue", "export s.cue", "export -e x s.cue", "export --out yaml s.cue",
        "export --out openapi s.cue", "export --out openapi+yaml s.cue", "vet -d #A s.cue lines.jsonl", "vet -d #A s.cue d.json two.yaml", "vet s.cue two.yaml", "vet tags.cue",
        "vet -c tags.cue", "export tags.cue", "export -t n=3 tags.cue", "export -t n=3 -t e=prod -t prod -t sx=1 tags.cue", "eval --out yaml o.cue", "eval --out text -e b o.cue",
        "def --out yaml o.cue", "export lines.jsonl", "export --list lines.jsonl", "export t.toml", "export --out toml two.yaml", "export --out toml t.toml", "export --out cue ok.json",
        "export --out cue t.toml", "def t.toml", "eval -e a -e z i.cue", "export -e x.n s.cue", "eval -e #A.n s.cue", "eval -S o.cue", "eval -f o.cue", "export -f -o out.json o.cue",
        "vet o.cue ok.json", "vet o.cue d.json", "export bad.cue", "eval bad.cue", "def bad.cue", "eval nope.cue", "export nope.cue", "def nope.cue",
        "export i.cue -e a", "vet s.cue ok.json two.yaml lines.jsonl", "vet --strict s.cue", "vet -d #A s.cue -l n ok.json", "eval -p s ok.json", "export -p x o.cue",
        "eval -p s two.yaml", "export -p s ok.json", "export -p s --out cue ok.json", "def -p s ok.json", "eval -p s o.cue", "eval -p s s.cue", "eval -p t s.cue", "eval -p t s.cue ok.json",
        "eval -p s s.cue ok.json", "eval -p s -l a: ok.json", "eval -e n -p s ok.json", "def -p s t.toml", "export -o nope/x.json o.cue", "export -f -o w.txt o.cue",
        "export -o o.cue o.cue", "eval -p s note.txt", "export -p s --out cue two.yaml", "export -p s --out cue --list two.yaml", "vet -p s ok.json", "eval -p s -e a -e b o.cue",
        "export -p s --out cue -e a -e b o.cue", "export -p s --out cue -e a o.cue", "export --out cue s.cue", "eval -e a+1 i.cue", "eval -e {k:a+1} i.cue", "eval -e c.zz i.cue",
        "eval -e [a+1] i.cue", "eval -e len(z) i.cue", "def -e a+1 i.cue", "def -e c.zz i.cue", "def -e z i.cue", "def -e a i.cue", "def -e b i.cue", "export -e c.zz i.cue",
        "eval --out json -e c.zz i.cue",
        "eval req.cue", "eval -i req.cue", "def req.cue", "def -i f.cue", "vet req.cue", "vet -c req.cue", "export req.cue", "eval -e x req.cue",
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public void What_is_printed_is_what_cue_prints(string line)
    {
        using Workspace workspace = new(Schema);
        var arguments = line.Split(' ');
        var expected = workspace.RunOracle("", arguments);
        var actual = workspace.Run(arguments);
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("a: 1+1", "eval -")]
    [InlineData("a: [1", "eval -")]
    [InlineData("a: b", "eval -")]
    [InlineData("a: 1\na: 2", "export -")]
    [InlineData("a: int", "export -")]
    [InlineData("\"x\"", "export --out text -")]
    [InlineData("{\"n\":1,\"s\":\"t\"}", "vet -d #A s.cue json: -")]
    [InlineData("{\"n\":1000,\"s\":\"t\"}", "vet -d #A s.cue json: -")]
    [InlineData("package s\nx: s: \"k\"", "eval s.cue -")]
    [InlineData("a:   1\nb:2\n\n\n\nc: 3", "fmt -")]
    [InlineData("a:   1\nb:2\n\n\n\nc: 3", "fmt --check -")]
    [InlineData("a:   1\nb:2\n\n\n\nc: 3", "fmt --diff -")]
    [InlineData("a: [", "fmt -")]
    [InlineData("a: {b: 1}\n\"c\": {\n\td: {e: 1}\n}\n\"x-y\": {}\nf: {\n\t// g\n\tg: 1\n}\n", "fmt -s -")]
    public void Standard_input_is_a_file(string input, string line)
    {
        using Workspace workspace = new(Schema);
        var arguments = line.Split(' ');
        Assert.Equal(workspace.RunOracle(input, arguments), workspace.RunWith(input, arguments));
    }
}
