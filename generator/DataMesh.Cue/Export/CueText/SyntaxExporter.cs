using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <summary>
/// From values and expressions to syntax. While it walks it notes what the result refers to: imports, which the file has to
/// name, and <c>let</c> clauses, which go to the struct that declares them.
/// </summary>
internal sealed partial class SyntaxExporter(CueContext context, CueExportOptions options)
{
    /// <summary>What is nested deeper is refused.</summary>
    private const int MaxDepth = 400;

    /// <summary>References can make a value of few lines exponentially large: what has more parts is refused.</summary>
    private const int MaxNodes = 1_000_000;

    private static readonly Position s_newline = Position.Synthetic(Spacing.Newline);

    private readonly List<Frame> _frames = [];

    /// <summary>The vertices that are being written, and the struct literals that those in an optional field are made of.</summary>
    private readonly HashSet<Vertex> _open = [];
    private readonly HashSet<StructExpr> _bodies = [];
    private bool _isOptional;

    /// <summary>The literal that a value is alone and as it was written: its fields keep their attributes.</summary>
    private StructExpr? _incomplete;

    /// <summary>How many lists are around whose further elements are being written.</summary>
    private int _tails;

    /// <summary>Whether the next struct is the root or an element, of which a default was chosen; a field's is one of the disjuncts still.</summary>
    private bool _isChosen = true;

    /// <summary>Attributes of files that are not those of their fields.</summary>
    private readonly HashSet<AttributeNode> _preamble = [];
    private readonly List<(string Path, string Name)> _imports = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<LetDecl, string> _letNames = [];
    private int _reserved;

    /// <summary>What the references of the expression resolve in that is being written, and the scopes that were entered since.</summary>
    private Env? _env;
    private int _scopes;

    /// <summary>How many structs and lists are open.</summary>
    private int _levels;
    private int _depth;
    private int _nodes;

    /// <summary>A struct that is being written: the <c>let</c> clauses that it declares and that something refers to.</summary>
    private sealed class Frame(IReadOnlyList<IReadOnlyList<Declaration>> sources)
    {
        public List<(LetDecl Let, string Name, int Place)> Lets { get; } = [];

        /// <summary>Where the struct declares a clause; negative when it does not.</summary>
        public int PlaceOf(LetDecl let)
        {
            var place = 0;
            foreach (var declarations in sources)
            {
                foreach (var declaration in declarations)
                {
                    if (ReferenceEquals(declaration, let.Source))
                        return place;
                    place++;
                }
            }

            return -1;
        }
    }

    /// <summary>Whether the file begins with an embedded expression as it was written, which cue puts behind an empty line.</summary>
    public bool BeginsApart { get; private set; }

    /// <summary>The file that shows a value: package, imports, and the fields of a struct or else an embedded value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="files">The files that it comes from, whose preambles are kept; empty for none.</param>
    public CueFile File(CueValue value, IReadOnlyList<CueFile> files)
    {
        var declarations = Preamble(files);
        ReserveNames(value.Vertex, 0);
        var expression = options.IsEvaluated ? Evaluated(value.Vertex, value.Part) : Defined(value);
        var specs = _imports.Select(static import => new ImportSpec(ImportName(import.Path) == import.Name ? null : new Identifier(s_newline, import.Name), new BasicLiteral(ImportName(import.Path) == import.Name ? s_newline : default, TokenKind.String, Literals.Quote(import.Path)))).ToList();
        if (specs.Count > 0)
            declarations.Add(new ImportDeclaration(specs) { HasParentheses = specs.Count > 1, RightParenthesis = s_newline });
        if (expression is StructLiteral literal)
            declarations.AddRange(literal.Declarations);
        else
            declarations.Add(new Embedding(expression));
        BeginsApart = declarations is [Embedding, ..] && (files.Count > 0 || value.Base is Bottom);
        return new CueFile(null, declarations) { Imports = specs };
    }

    /// <summary>The package clause, and the comments and attributes before the first import or field.</summary>
    private List<Declaration> Preamble(IReadOnlyList<CueFile> files)
    {
        var result = new List<Declaration>();
        foreach (var file in files)
        {
            foreach (var declaration in file.Declarations)
            {
                if (declaration is AttributeDeclaration attribute)
                    _preamble.Add(attribute.Attribute);
                else if (declaration is not (PackageClause or CommentGroup))
                    break;
                if (declaration is PackageClause { Name.Name: "_" } || (declaration is PackageClause && result.Exists(static other => other is PackageClause)))
                    continue;
                if (declaration is not AttributeDeclaration || file.Package is null || result.Exists(static other => other is PackageClause))
                    result.Add(declaration);
            }
        }

        return result;
    }

    /// <summary>One value, without a file and without the fields beside a scalar.</summary>
    public Expression Expression(CueValue value) =>
        value.Base is Bottom or DisjunctionValue or ContainerValue ? Evaluated(value.Vertex, value.Part) : Scalar(value.Base);

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
        _levels++;
        var declarations = new List<Declaration>();
        var known = _imports.Count;
        write(declarations);
        // Imports are in the order in which the file refers to them.
        var later = _imports.GetRange(known, _imports.Count - known);
        if (frame.Lets.Count > 0)
            _imports.RemoveRange(known, later.Count);
        var lets = new List<(LetDeclaration Declaration, int Place)>();
        for (var i = 0; i < frame.Lets.Count; i++)
        {
            var (let, name, place) = frame.Lets[i];
            lets.Add((new LetDeclaration(new LetClause(SyntaxBuilder.Name(name), Convert(let.Value))), place));
        }

        if (lets.Count > 0)
            _imports.AddRange(later.Where(import => !_imports.Contains(import)));
        _levels--;
        _frames.RemoveAt(_frames.Count - 1);
        return lets.Count == 0 ? declarations : [.. lets.OrderBy(static each => each.Place).Select(static each => each.Declaration), .. declarations];
    }

    private Identifier Refer(LetDecl let)
    {
        for (var i = _frames.Count - 1; i >= 0; i--)
        {
            var place = _frames[i].PlaceOf(let);
            if (place < 0)
                continue;
            foreach (var known in _frames[i].Lets)
            {
                if (ReferenceEquals(known.Let, let))
                    return SyntaxBuilder.Name(known.Name);
            }

            var name = Unique(let.Name);
            _letNames[let] = name;
            _frames[i].Lets.Add((let, name, place));
            return SyntaxBuilder.Name(name);
        }

        return SyntaxBuilder.Name(_letNames.TryGetValue(let, out var last) ? last : let.Name);
    }

    /// <summary>A name that no field and no other <c>let</c> clause has.</summary>
    private string Unique(string name)
    {
        var result = name;
        for (var i = 1; !_names.Add(result); i++)
            result = FormattableString.Invariant($"{name}_{i}");
        return result;
    }

    /// <summary>Notes the labels of all fields.</summary>
    private void ReserveNames(Vertex vertex, int depth)
    {
        if (depth > MaxDepth || ++_reserved > MaxNodes)
            return;
        foreach (var arc in vertex.Resolve().Arcs)
        {
            if (arc.Label.Kind != LabelKind.Index)
                _names.Add(arc.Label.Text);
            if (arc.Shared is null)
                ReserveNames(arc, depth + 1);
        }
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
