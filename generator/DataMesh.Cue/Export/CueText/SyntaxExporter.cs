using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <summary>
/// From values and expressions to syntax. While it walks it notes what the result refers to: imports, which the file has to
/// name, and <c>let</c> clauses, which go to the struct that declares them.
/// </summary>
internal sealed partial class SyntaxExporter(CueExportOptions options)
{
    /// <summary>What is nested deeper is refused.</summary>
    private const int MaxDepth = 400;

    /// <summary>References can make a value of few lines exponentially large: what has more parts is refused.</summary>
    private const int MaxNodes = 1_000_000;

    private readonly List<Frame> _frames = [];
    private readonly List<(string Path, string Name)> _imports = [];
    private int _depth;
    private int _nodes;

    /// <summary>A struct that is being written: the <c>let</c> clauses that it declares and that something refers to.</summary>
    private sealed class Frame(IReadOnlyList<IReadOnlyList<Declaration>> sources)
    {
        public IReadOnlyList<IReadOnlyList<Declaration>> Sources { get; } = sources;

        public List<LetDecl> Lets { get; } = [];

        public bool Declares(LetDecl let)
        {
            foreach (var declarations in Sources)
            {
                foreach (var declaration in declarations)
                {
                    if (ReferenceEquals(declaration, let.Source))
                        return true;
                }
            }

            return false;
        }
    }

    /// <summary>The file that shows a value: package, imports, and the fields of a struct or else an embedded value.</summary>
    public CueFile File(CueValue value, string? package)
    {
        var expression = options.IsEvaluated ? Evaluated(value.Vertex, value.Part) : Defined(value);
        var declarations = new List<Declaration>();
        if (package is not null)
            declarations.Add(new PackageClause(SyntaxBuilder.Name(package)));
        var specs = _imports.Select(static import => new ImportSpec(ImportName(import.Path) == import.Name ? null : SyntaxBuilder.Name(import.Name), SyntaxBuilder.String(import.Path))).ToList();
        if (specs.Count > 0)
            declarations.Add(new ImportDeclaration(specs) { HasParentheses = specs.Count > 1, RightParenthesis = Position.Synthetic(Spacing.Newline) });
        if (expression is StructLiteral literal)
            declarations.AddRange(literal.Declarations);
        else
            declarations.Add(new Embedding(expression));
        return new CueFile(null, declarations) { Imports = specs };
    }

    /// <summary>One value, without a file around it.</summary>
    public Expression Expression(Value value) => value is Vertex vertex ? Evaluated(vertex, null) : Evaluated(null, value);

    private void Enter()
    {
        if (++_depth > MaxDepth)
            throw new ExportException("value nests too deeply");
        if (++_nodes > MaxNodes)
            throw new ExportException("value is too large");
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
    }

    private void Leave() => _depth--;

    /// <summary>Writes a struct; the <c>let</c> clauses that turn out to be needed come first.</summary>
    private List<Declaration> WithLets(IReadOnlyList<IReadOnlyList<Declaration>> sources, Action<List<Declaration>> write)
    {
        var frame = new Frame(sources);
        _frames.Add(frame);
        var declarations = new List<Declaration>();
        write(declarations);
        var lets = new List<Declaration>();
        for (var i = 0; i < frame.Lets.Count; i++)
            lets.Add(new LetDeclaration(new LetClause(SyntaxBuilder.Name(frame.Lets[i].Name), Convert(frame.Lets[i].Value))));
        _frames.RemoveAt(_frames.Count - 1);
        if (lets.Count == 0)
            return declarations;
        lets.AddRange(declarations);
        return lets;
    }

    private Identifier Refer(LetDecl let)
    {
        for (var i = _frames.Count - 1; i >= 0; i--)
        {
            if (!_frames[i].Declares(let))
                continue;
            if (!_frames[i].Lets.Contains(let))
                _frames[i].Lets.Add(let);
            break;
        }

        return SyntaxBuilder.Name(let.Name);
    }

    private Identifier Import(string path, string? name = null)
    {
        name ??= ImportName(path);
        if (!_imports.Contains((path, name)))
            _imports.Add((path, name));
        return SyntaxBuilder.Name(name);
    }

    private static string ImportName(string path)
    {
        var start = path.LastIndexOf(':');
        if (start >= 0)
            return path.Substring(start + 1);
        var version = path.IndexOf('@');
        if (version >= 0)
            path = path.Substring(0, version);
        return path.Substring(path.LastIndexOf('/') + 1);
    }
}

/// <summary>A value that is too large or too deep to be written.</summary>
internal sealed class ExportException(string message) : Exception(message);
