namespace DataMesh.Generators.Tests;

/// <summary>Schemas that several tests use.</summary>
internal static class Schemas
{
    /// <summary>The schema of the article, with the example beside it.</summary>
    public const string Article = """
        message: #Identity & { first: "John", Last: "Doe", Age: 40 }

        #Identity: {
        	// first name of the person
        	first: =~"[A-Z].*"
        	// Last name of the person
        	Last: =~"[A-Z].*"
        	// Age of the person
        	Age?: number & <130
        }

        """;
}
