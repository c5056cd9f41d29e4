using DataMesh.Generators.Tests.Harness;

namespace DataMesh.Generators.Tests;

/// <summary>What a user writes against generated types, compiled and run.</summary>
public sealed class GeneratedCodeTests
{
    [Fact]
    public void A_valid_record_passes()
    {
        GeneratorRun run = new GeneratorSession(("identity.cue", Schemas.Article)).Run();

        Assert.Equal("True", run.Execute("""
            public static class Script
            {
                public static string Run() => new Identity { First = "John", Last = "Doe", Age = 40 }.Validate().IsValid.ToString();
            }
            """));
    }

    [Fact]
    public void Every_broken_constraint_is_told_in_the_words_of_cue()
    {
        GeneratorRun run = new GeneratorSession(("identity.cue", Schemas.Article)).Run();

        Assert.Equal(
            """
            #Identity.first: invalid value "john" (out of bound =~"[A-Z].*")
            #Identity.Age: invalid value 140 (out of bound <130)
            """,
            run.Execute("""
                public static class Script
                {
                    public static string Run() => new Identity { First = "john", Last = "Doe", Age = 140 }.Validate().ToString();
                }
                """));
    }

    [Fact]
    public void JSON_is_read_and_written()
    {
        GeneratorRun run = new GeneratorSession(("identity.cue", Schemas.Article)).Run();

        Assert.Equal(
            """{"first":"John","Last":"Doe"}|#Identity.Last: incomplete value =~"[A-Z].*" """.TrimEnd(),
            run.Execute(""""
                using System.Buffers;
                using System.Text;

                public static class Script
                {
                    public static string Run()
                    {
                        Identity.TryParse("""{"Last": "Doe", "first": "John"}"""u8, out Identity? john, out _);
                        var output = new ArrayBufferWriter<byte>();
                        john!.WriteTo(output);
                        return Encoding.UTF8.GetString(output.WrittenSpan) + "|" + Identity.Validate("""{"first": "John"}"""u8);
                    }
                }
                """"));
    }
}
