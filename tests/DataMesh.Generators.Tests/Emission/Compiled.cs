using System.Buffers;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using DataMesh.Generators.Emission;
using DataMesh.Generators.Products;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DataMesh.Generators.Tests.Emission;

/// <summary>Products emitted, compiled with warnings on, and loaded: what a user's project has after the build.</summary>
internal sealed class Compiled
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is { } name && (name.StartsWith("System.", StringComparison.Ordinal) || name == "DataMesh.Runtime.dll"))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly CSharpParseOptions ParseOptions = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);

    private readonly Assembly _assembly;

    private Compiled(Assembly assembly) => _assembly = assembly;

    /// <summary>Compiles the products, and C# of a user beside them.</summary>
    public static Compiled Of(IEnumerable<Product> products, string userCode = "")
    {
        IEnumerable<string> sources = products.Select(ProductEmitter.Emit)
            .Append(ProductEmitter.Emit(new ProductPackage("example", Shapes.Namespace, Shapes.PackageType, "{}")))
            .Append(userCode);
        return FromSources(sources);
    }

    /// <summary>Compiles generated files and those of a user.</summary>
    public static Compiled FromSources(IEnumerable<string> sources)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Emitted" + Guid.NewGuid().ToString("N"),
            sources.Select(static source => CSharpSyntaxTree.ParseText(source, ParseOptions)),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var assembly = new MemoryStream();
        ImmutableArray<Diagnostic> diagnostics = compilation.Emit(assembly).Diagnostics;
        string[] problems = [.. diagnostics.Where(static d => d.Severity >= DiagnosticSeverity.Warning && d.Id != "CS8019").Select(Describe)];
        Assert.True(problems.Length == 0, string.Join('\n', problems));
        assembly.Position = 0;
        return new Compiled(new AssemblyLoadContext(null).LoadFromStream(assembly));
    }

    private static string Describe(Diagnostic diagnostic) =>
        $"{diagnostic}: {diagnostic.Location.SourceTree?.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line]}";

    /// <summary>Compiles one product.</summary>
    public static Compiled Of(Product product, string userCode = "") => Of([product], userCode);

    /// <summary>The type as a data product.</summary>
    public IProduct Find(string name) => (IProduct)Activator.CreateInstance(
        typeof(Runner<>).MakeGenericType(_assembly.GetType($"{Shapes.Namespace}.{name}", throwOnError: true)!))!;

    /// <summary>The data product made from a definition.</summary>
    public IProduct FindDefinition(string definition) => _assembly.GetTypes()
        .Where(static t => !t.IsNested && !t.ContainsGenericParameters && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IDataProduct<>) && i.GenericTypeArguments[0] == t))
        .Select(static t => (IProduct)Activator.CreateInstance(typeof(Runner<>).MakeGenericType(t))!)
        .Single(p => p.Descriptor.Definition == definition);

    /// <summary>What the static method <c>Script.Run</c> of the user's code returns.</summary>
    public object? Run() => _assembly.GetType("Script", throwOnError: true)!.GetMethod("Run")!.Invoke(null, null);

    /// <summary>A data product of a type that is known only now.</summary>
    internal interface IProduct
    {
        DataProductDescriptor Descriptor { get; }

        /// <summary>The verdict on a document; the two ways to get one must agree.</summary>
        ValidationResult Validate(string json);

        /// <summary>The document, parsed and written again; null when it is refused.</summary>
        string? RoundTrip(string json);

        /// <summary>The errors of parsing a document, a line each.</summary>
        string Errors(string json);

        /// <summary>Bytes allocated by one more validation of a document that was validated before.</summary>
        long AllocationOfValidate(string json);
    }

    private sealed class Runner<T> : IProduct
        where T : IDataProduct<T>
    {
        public DataProductDescriptor Descriptor => T.Descriptor;

        public ValidationResult Validate(string json)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(json);
            ValidationResult result = T.Validate(utf8);
            bool parsed = T.TryParse(utf8, out T? value, out ValidationResult parseResult);
            if (parseResult.Errors is not [{ Code: ValidationCodes.Unrepresentable }, ..])
                Assert.Equal(result.ToString(), parseResult.ToString());
            Assert.Equal(parsed, parseResult.IsValid);
            if (parsed)
                Assert.Equal("", value!.Validate().ToString());
            return result;
        }

        public string? RoundTrip(string json)
        {
            if (!T.TryParse(Encoding.UTF8.GetBytes(json), out T? value, out _))
                return null;
            var output = new ArrayBufferWriter<byte>();
            value.WriteTo(output);
            Assert.True(T.TryParse(output.WrittenSpan, out T? again, out ValidationResult result), result.ToString());
            Assert.Equal(value, again);
            Assert.Equal(value.GetHashCode(), again.GetHashCode());
            return Encoding.UTF8.GetString(output.WrittenSpan);
        }

        public string Errors(string json)
        {
            Assert.False(T.TryParse(Encoding.UTF8.GetBytes(json), out _, out ValidationResult result));
            return result.ToString();
        }

        public long AllocationOfValidate(string json)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(json);
            Assert.True(T.Validate(utf8).IsValid);
            long before = GC.GetAllocatedBytesForCurrentThread();
            T.Validate(utf8);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
