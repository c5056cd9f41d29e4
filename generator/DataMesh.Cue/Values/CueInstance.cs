using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>A package that was built from its files.</summary>
public sealed class CueInstance
{
    private readonly CueContext _context;
    private readonly Vertex? _root;
    private CueValue? _value;

    internal CueInstance(CueContext context, string? packageName, IReadOnlyList<CueFile> files, IReadOnlyList<CueError> errors, Vertex? root)
    {
        _context = context;
        PackageName = packageName;
        Files = files;
        Errors = errors;
        _root = root;
    }

    /// <summary>The name of the package clause; null when there is none.</summary>
    public string? PackageName { get; }

    /// <summary>The files.</summary>
    public IReadOnlyList<CueFile> Files { get; }

    /// <summary>Syntax errors, names that are not found and the like; with any of these there is no value.</summary>
    public IReadOnlyList<CueError> Errors { get; }

    /// <summary>The value of the package, evaluated on first use. An error value when there are <see cref="Errors"/>.</summary>
    public CueValue Value => _value ??= Evaluate();

    private CueValue Evaluate()
    {
        if (_root is { } root)
        {
            _context.Run(root);
            return new CueValue(_context, root);
        }

        var failed = new Vertex(null, default) { Status = VertexStatus.Final };
        var first = Errors[0];
        failed.Base = new Bottom(first.Code, first.Message, first.Positions) { At = failed };
        return new CueValue(_context, failed);
    }
}
