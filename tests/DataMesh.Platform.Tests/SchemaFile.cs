using DataMesh.Schemas;

namespace DataMesh.Platform.Tests;

/// <summary>Schemas on the disk, as they are named on the command line.</summary>
internal sealed class SchemaFile : IDisposable
{
    public const string Identity = """
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

    private readonly string _folder = Directory.CreateTempSubdirectory("schema-").FullName;

    /// <param name="files">Names and texts.</param>
    public SchemaFile(params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(_folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }

    /// <summary>The article's schema, evaluated.</summary>
    public static ServedProduct Article()
    {
        using SchemaFile file = new(("identity.cue", Identity));
        return file.Product("identity.cue");
    }

    public string this[string name] => Path.Combine(_folder, name);

    public ServedProduct Product(string name, string? definition = null, SchemaOptions? options = null) =>
        ServedProduct.Of(SchemaPackage.Load(this[name], options).Product(definition));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
