using System.Buffers;
using System.Text.Json;
using DataMesh.Schemas;
using DataMesh.Tests;

namespace DataMesh.Platform.Tests;

/// <summary>A schema that was not known when the platform was built is served as a generated product is.</summary>
public sealed class SchemaTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Documents =>
    [
        Platform.John,
        """{"Last":"Doe","first":"John"}""",
        """{"first":"John","Last":"Doe","Age":129.999999999999999999999}""",
        """{"first":"John","Last":"Doe","Age":1.29e2}""",
        """{"first":"John","Last":"Doe","Age":130}""",
        """{"first":"John","Last":"Doe","Age":-5}""",
        """{"first":"John","Last":"Doe","Age":140}""",
        """{"first":"john","Last":"doe","Age":140}""",
        """{"first":"John"}""",
        "{}",
        """{"first":"John","Last":"Doe","nick":"J"}""",
        """{"first":"John","first":"John","Last":"Doe"}""",
        """{"first":"John","first":"Jim","Last":"Doe"}""",
        """{"first":"John","Last":"Doe","a/b~c":1,"d e":{"x":1}}""",
        """{"first":"\\(Last)X","Last":"_|_ Z"}""",
        """{"first":"John","Last":"Doe",}""",
        """{"first":"John","Last":"Doe"} x""",
        """{"first":"John","Last":"Doe","Age":40""",
        "",
        "#Identity",
        """{first: "John", Last: "Doe"}""",
        """{"first":"J\uD800","Last":"Doe"}""",
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Both_ways_give_the_same_answer(string document)
    {
        await using var generated = await Platform.StartAsync();
        await using var evaluated = await Platform.StartAsync(product: SchemaFile.Article());
        var expected = await generated.PostAsync(document);
        var actual = await evaluated.PostAsync(document);
        Assert.Equal((expected.Status, expected.Body), (actual.Status, actual.Body));

        expected = await generated.PostAsync(document, accept: "application/json");
        actual = await evaluated.PostAsync(document, accept: "application/json");
        Assert.Equal((expected.Status, expected.Body, expected["Content-Type"]), (actual.Status, actual.Body, actual["Content-Type"]));

        var events = await generated.EventsAsync();
        var others = await evaluated.EventsAsync();
        Assert.Equal(events.Select(static each => each.Data), others.Select(static each => each.Data));
        Assert.Equal(events.Select(static each => (each.Event.Type, each.Event.Source)), others.Select(static each => (each.Event.Type, each.Event.Source)));
    }

    /// <summary>Where the evaluator has other words for a conflict than generated code, verdict and place are still the same.</summary>
    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"John\"")]
    [InlineData("""{"first":1,"Last":"Doe"}""")]
    [InlineData("""{"first":"John","Last":"Doe","Age":"40"}""")]
    public void Both_ways_say_the_same_of_the_same_place(string document)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(document);
        ServedProduct.Of<Identity>().Codec.TryTranscode(bytes, new ArrayBufferWriter<byte>(), out var expected);
        SchemaFile.Article().Codec.TryTranscode(bytes, new ArrayBufferWriter<byte>(), out var actual);
        Assert.False(actual.IsValid);
        Assert.Equal(
            expected.Errors.Select(static error => (error.Code, error.Path, error.Pointer)),
            actual.Errors.Select(static error => (error.Code, error.Path, error.Pointer)));
    }

    [Theory]
    [InlineData("/openapi")]
    [InlineData("/health")]
    public async Task Documents_are_the_same_both_ways(string path)
    {
        await using var generated = await Platform.StartAsync();
        await using var evaluated = await Platform.StartAsync(product: SchemaFile.Article());
        var expected = await generated.SendAsync(HttpMethod.Get, path);
        var actual = await evaluated.SendAsync(HttpMethod.Get, path);
        using var left = JsonDocument.Parse(expected.Body);
        using var right = JsonDocument.Parse(actual.Body);
        Assert.True(JsonElement.DeepEquals(left.RootElement, right.RootElement), actual.Body);
        Assert.Equal(expected["Content-Type"], actual["Content-Type"]);
    }

    [Fact]
    public async Task Events_of_a_schema_are_logged()
    {
        await using var platform = await Platform.StartAsync(product: SchemaFile.Article());
        await platform.PostAsync(Platform.John);
        Assert.Contains($" at 0:0: {Platform.John}", await platform.Log.WaitForAsync("off the channel: Identity ", Token));
    }

    [Fact]
    public async Task Defaults_and_rules_between_fields_are_evaluated()
    {
        using SchemaFile file = new(("order.cue", """
            package shop

            #Order: {
            	qty:   int & >0
            	price: number
            	total: qty * price
            	state: *"open" | "closed"
            	if qty > 10 {
            		approved!: true
            	}
            }
            """));
        await using var platform = await Platform.StartAsync(product: file.Product("order.cue"));
        Assert.Equal(200, (await platform.PostAsync("""{"qty":2,"price":1.5}""")).Status);
        Assert.Equal((400, "#Order.approved: field is required but not present"), await Answer("""{"qty":20,"price":1.5}"""));
        Assert.Equal(200, (await platform.PostAsync("""{"qty":20,"price":1.5,"approved":true}""")).Status);
        Assert.Equal(400, (await platform.PostAsync("""{"qty":2,"price":1.5,"total":4}""")).Status);
        Assert.Contains("""shop.Order""", await platform.Log.WaitForAsync("off the channel", Token));

        async Task<(int, string)> Answer(string body)
        {
            var answer = await platform.PostAsync(body);
            return (answer.Status, answer.Body);
        }
    }

    [Fact]
    public async Task A_folder_is_a_package_with_its_imports()
    {
        using SchemaFile file = new(
            ("cue.mod/module.cue", "module: \"ex.com/m@v0\"\nlanguage: version: \"v0.9.0\"\n"),
            ("api/a.cue", "package api\n\nimport \"ex.com/m/types\"\n\n#User: name: types.#Name\n"),
            ("api/b.cue", "package api\n\n#User: age?: int\n"),
            ("types/t.cue", "package types\n\n#Name: =~\"^[A-Z]\"\n"));
        await using var platform = await Platform.StartAsync(product: file.Product("api"));
        Assert.Equal(200, (await platform.PostAsync("""{"name":"Ada","age":36}""")).Status);
        Assert.Equal("""#User.name: invalid value "ada" (out of bound =~"^[A-Z]")""", (await platform.PostAsync("""{"name":"ada"}""")).Body);
    }

    [Fact]
    public void A_schema_with_several_definitions_needs_a_choice()
    {
        using SchemaFile file = new(("two.cue", "#A: x: int\n#B: y: int\n_#hidden: 1\n"), ("none.cue", "a: 1\n"));
        Assert.Equal("the schema has several definitions, choose one with --definition: #A, #B", Refusal(() => file.Product("two.cue")));
        Assert.Equal("the schema has no definition #C, only #A, #B", Refusal(() => file.Product("two.cue", "#C")));
        Assert.Equal("the schema has no definition: a data product is a field such as #Identity", Refusal(() => file.Product("none.cue")));
        Assert.Equal("#B", file.Product("two.cue", "B").Codec.Descriptor.Definition);
    }

    [Theory]
    [InlineData("#A: x: 1 & 2\n", "#A.x: conflicting values 2 and 1:\n    {0}:1:8\n    {0}:1:12")]
    [InlineData("#A: {\n\tx: nope\n}\n", "#A.x: reference \"nope\" not found:\n    {0}:2:5")]
    [InlineData("#A: [\n", "expected ']', found 'EOF':\n    {0}:1:7")]
    [InlineData("#A: int & <\"x\"\nb: #A & 1\n", null)]
    public void What_is_wrong_with_a_schema_is_said_with_its_place(string text, string? expected)
    {
        using SchemaFile file = new(("s.cue", text));
        var refusal = Refusal(() => file.Product("s.cue"));
        if (expected is null)
            Assert.Contains("s.cue:1:", refusal);
        else
            Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, expected, Cue.Load.SourcePath.Display(Environment.CurrentDirectory, file["s.cue"])), refusal);
    }

    [Fact]
    public async Task A_document_that_takes_too_much_work_is_refused_and_the_next_is_served()
    {
        using SchemaFile file = new(("s.cue", "import \"list\"\n\n#A: {\n\tn: int\n\tx: len([for i in list.Range(0, n, 1) for j in list.Range(0, n, 1) {i}]) | *0\n}\n"));
        await using var platform = await Platform.StartAsync(product: file.Product("s.cue", options: new SchemaOptions { MaxDocumentSteps = 100_000 }));
        Assert.Equal((400, "#A: document needs too many steps to validate"), await Answer("""{"n":100000}"""));
        Assert.Equal((200, "ok"), await Answer("""{"n":2}"""));

        async Task<(int, string)> Answer(string body)
        {
            var answer = await platform.PostAsync(body);
            return (answer.Status, answer.Body);
        }
    }

    [Fact]
    public void A_document_that_takes_too_long_is_refused()
    {
        using SchemaFile file = new(("s.cue", "import \"list\"\n\n#A: {\n\tn: int\n\tx: len([for i in list.Range(0, n, 1) for j in list.Range(0, n, 1) {i}]) | *0\n}\n"));
        var codec = file.Product("s.cue", options: new SchemaOptions { MaxDocumentSteps = long.MaxValue, MaxDocumentTime = TimeSpan.Zero }).Codec;
        Assert.False(codec.TryTranscode("""{"n":100000}"""u8, new ArrayBufferWriter<byte>(), out var result));
        Assert.Equal((ValidationCodes.Limit, "#A: document takes too long to validate"), (result.Errors[0].Code, result.ToString()));
    }

    [Fact]
    public void Bytes_are_base64()
    {
        using SchemaFile file = new(("s.cue", "#A: {\n\tdata: bytes\n\tmore?: [...{b: bytes | null}]\n\ttext?: string\n}\n"));
        var codec = file.Product("s.cue").Codec;
        ArrayBufferWriter<byte> output = new();
        const string Document = """{"data":"aGVsbG8=","more":[{"b":"AAE="},{"b":null}],"text":"aGVsbG8="}""";
        Assert.True(codec.TryTranscode(System.Text.Encoding.UTF8.GetBytes(Document), output, out var result), result.ToString());
        Assert.Equal(Document, System.Text.Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.False(codec.TryTranscode("""{"data":"no base64"}"""u8, new ArrayBufferWriter<byte>(), out result));
        Assert.Equal("#A.data", Assert.Single(result.Errors).Path);
    }

    [Fact]
    public async Task Many_clients_are_served_at_a_time()
    {
        await using var platform = await Platform.StartAsync(product: SchemaFile.Article());
        var answers = await Task.WhenAll(Enumerable.Range(0, 600).Select(async i =>
        {
            var age = 100 + (i % 60);
            return (age, answer: await platform.PostAsync($$"""{"first":"John","Last":"Doe","Age":{{age}}}"""));
        }));
        Assert.All(answers, static each => Assert.Equal(
            each.age < 130 ? (200, "ok") : (400, $"#Identity.Age: invalid value {each.age} (out of bound <130)"), (each.answer.Status, each.answer.Body)));
    }

    /// <summary>
    /// Documents whose verdict is not <c>cue vet</c>'s: a bound on exponents and base64 for bytes, which are ours on purpose,
    /// equal disjuncts that stay ambiguous, and validators of embedded JSON that want it complete.
    /// </summary>
    private static readonly Dictionary<string, int> KnownDifferences = new()
    {
        ["exponents"] = 1,
        ["bytes-field"] = 2,
        ["open-and-closed"] = 1,
        ["json-value"] = 1,
        ["embedded-json"] = 2,
    };

    /// <summary>The verdicts of <c>cue vet</c> on every schema and document of the corpus.</summary>
    [Fact]
    public void The_verdicts_are_those_of_cue()
    {
        List<string> differences = [];
        Dictionary<string, int> left = new(KnownDifferences);
        int documents = 0, schemas = 0;
        foreach (var line in File.ReadLines(SharedFolder.Require("conformance/vet/vet.jsonl")))
        {
            using var schema = JsonDocument.Parse(line);
            using SchemaFile file = new([.. schema.RootElement.GetProperty("files").EnumerateArray().Select(static each => (each.GetProperty("name").GetString()!, each.GetProperty("src").GetString()!))]);
            var id = schema.RootElement.GetProperty("id").GetString()!;
            CloudEvents.DataProductCodec codec;
            try
            {
                // A module is named by its folder.
                var first = schema.RootElement.GetProperty("files")[0].GetProperty("name").GetString()!;
                codec = file.Product(Directory.Exists(file["cue.mod"]) ? "" : first, schema.RootElement.GetProperty("def").GetString()).Codec;
            }
            catch (SchemaException exception)
            {
                differences.Add($"{id}: {exception.Message}");
                continue;
            }

            schemas++;
            foreach (var @case in schema.RootElement.GetProperty("cases").EnumerateArray())
            {
                documents++;
                var data = @case.GetProperty("data").GetString()!;
                codec.TryTranscode(System.Text.Encoding.UTF8.GetBytes(data), new ArrayBufferWriter<byte>(), out var result);
                if (result.IsValid == @case.GetProperty("valid").GetBoolean())
                    continue;
                left[id] = left.GetValueOrDefault(id) - 1;
                if (left[id] < 0)
                    differences.Add($"{id} {data}: {(result.IsValid ? "accepted" : "rejected: " + result)}");
            }
        }

        TestContext.Current.SendDiagnosticMessage($"{schemas} schemas, {documents} documents, {differences.Count} differ");
        Assert.True(differences.Count == 0, $"{differences.Count} of {documents}:\n" + string.Join('\n', differences.Take(100)));
    }

    private static string Refusal(Action action) => Assert.Throws<SchemaException>(action).Message;
}
