using DataMesh.Cue.Binding;
using DataMesh.Cue.Export;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;
using DataMesh.Generators.Diagnostics;

namespace DataMesh.Generators.Products.Building;

/// <summary>A definition as other definitions refer to it.</summary>
/// <param name="Namespace">The namespace of its C# type.</param>
/// <param name="Name">Its C# type.</param>
/// <param name="Form">What the type is.</param>
internal readonly record struct ProductTarget(string Namespace, string Name, TargetForm Form);

/// <summary>The evaluated package as the builder sees it: what references mean, and where things are.</summary>
internal sealed partial class SchemaModel
{
    private readonly CueInstance _instance;
    private readonly Evaluator _evaluator;
    private readonly Dictionary<Vertex, string> _namespaces = [];
    private readonly HashSet<(string Message, FileRange Range)> _reported = [];

    public SchemaModel(CueContext context, CueInstance instance, PackageNames names)
    {
        _instance = instance;
        Names = names;
        Root = instance.Value.Vertex;
        _evaluator = context.Evaluator;
        _namespaces.Add(Root, names.Namespace);
    }

    public PackageNames Names { get; }

    /// <summary>The package itself.</summary>
    public Vertex Root { get; }

    /// <summary>The definitions that become products, with the names of their C# types, in the order of the schema.</summary>
    public IEnumerable<(Vertex Definition, string TypeName)> Definitions
    {
        get
        {
            foreach (Vertex definition in Root.Arcs)
            {
                if (definition.Label.Kind == LabelKind.Definition && TypeNameOf(definition) is { } name)
                    yield return (definition, name);
            }
        }
    }

    /// <summary>The package, bound: one struct a file.</summary>
    public IReadOnlyList<StructExpr> Files => [.. Root.Conjuncts.Select(static conjunct => conjunct.Expr).OfType<StructExpr>()];

    /// <summary>The package's OpenAPI document as <c>cue export --out openapi</c> writes it; null where <c>cue</c> gives up.</summary>
    public string? OpenApi() => OpenApiExporter.TryExport(_instance, out string document, out _, new OpenApiOptions { DefinitionsOnly = true })
        ? JsonExporter.Indent(document)
        : null;

    /// <summary>The product that a value is, because its only conjunct refers to it; null for any other value.</summary>
    public ProductTarget? ProductOf(Vertex vertex)
    {
        if (DefinitionOf(vertex) is not { Parent: { } package } definition || !_namespaces.TryGetValue(package, out string? @namespace) || TypeNameOf(definition) is not { } name)
            return null;
        return new ProductTarget(@namespace, name, FormOf(definition));
    }

    /// <summary>The definition that a value is, because its only conjunct refers to it; evaluated. Null for any other value.</summary>
    public Vertex? DefinitionOf(Vertex vertex)
    {
        Vertex? definition = IsProduct(vertex) ? vertex : vertex.Conjuncts.Count == 1 ? DefinitionOf(vertex.Conjuncts[0]) : null;
        if (definition is not null)
            Complete(definition);
        return definition;
    }

    /// <summary>Evaluates what the package's own evaluation leaves alone, optional fields for one, and gives the vertex that holds the value.</summary>
    public Vertex Complete(Vertex vertex)
    {
        if (vertex.Status != VertexStatus.Final)
            _evaluator.FinalizeRoot(vertex);
        return vertex.Resolve();
    }

    /// <summary>Remembers that an error was reported; false when it had been.</summary>
    public bool TryReport(DiagnosticInfo diagnostic) => _reported.Add((diagnostic.Arguments[0], diagnostic.Range));

    /// <summary>The C# type of a definition; null when <c>@cs(-)</c> says that there is none.</summary>
    public static string? TypeNameOf(Vertex definition) => CsAttribute.Of(definition, out _) switch
    {
        { IsExcluded: true } => null,
        { Name: { } name } => name,
        _ => TypeName(MemberNames.Pascal(definition.Label.Text.TrimStart('#'))),
    };

    // A type cannot have the name of a member that every generated type has.
    private static string TypeName(string name) =>
        string.Equals(MemberNames.Property(name, typeName: ""), name, StringComparison.Ordinal) ? name : name + "Type";

    public FileRange Range(Position position) => position.ToRange(Names.FirstFile);

    /// <summary>A file's name as errors show it at run time.</summary>
    public string DisplayName(string path) => Names.DisplayName(path);

    /// <summary>The value of expressions that no field has: what a pattern or the tail of a list demands.</summary>
    public Vertex Evaluate(Vertex owner, params Conjunct[] conjuncts)
    {
        var vertex = new Vertex(owner, default) { IsDetached = true, IsInDefinition = owner.IsInDefinition };
        vertex.Conjuncts.AddRange(conjuncts);
        Complete(vertex);
        return vertex;
    }

    /// <summary>The root of an imported package; what it defines has types in a namespace of its own.</summary>
    private Vertex? Import(string path)
    {
        if (_evaluator.ImportResolver?.Invoke(path) is not { } root)
            return null;
        if (!_namespaces.ContainsKey(root) && Names.NamespaceOfImport(path) is { } @namespace)
            _namespaces.Add(root, @namespace);
        return root;
    }

    // An alternative of a definition has its label and parent, and is not the definition.
    private static bool IsProduct(Vertex vertex) =>
        vertex is { Label.Kind: LabelKind.Definition, Parent: { Parent: null } package } && ReferenceEquals(package.Find(vertex.Label), vertex);

    /// <summary>The definition at the top of a package that the expression names.</summary>
    private Vertex? DefinitionOf(Conjunct conjunct)
    {
        Vertex? package = conjunct.Expr switch
        {
            FieldRef { Label.Kind: LabelKind.Definition } reference => conjunct.Env?.Ancestor(reference.Up).Vertex,
            SelectorExpr { Label.Kind: LabelKind.Definition, Operand: ImportRef imported } => Import(imported.Path),
            _ => null,
        };
        Label label = conjunct.Expr switch
        {
            FieldRef reference => reference.Label,
            SelectorExpr selector => selector.Label,
            _ => default,
        };
        return package is { Parent: null } ? package.Find(label) : null;
    }
}
