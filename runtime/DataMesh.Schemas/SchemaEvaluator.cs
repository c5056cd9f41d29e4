using System.Text;
using DataMesh.Cue.Export;
using DataMesh.Cue.Load;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Schemas;

/// <summary>A schema in a context of its own, which one thread at a time unifies documents with.</summary>
internal sealed class SchemaEvaluator
{
    /// <summary>
    /// What was unified with a schema stays known to it, so that later constraints would reach it: after so many documents
    /// the schema is evaluated anew.
    /// </summary>
    private const int MaxUses = 256;

    /// <summary>So many errors are reported; a document can have one for every byte.</summary>
    private const int MaxErrors = 1000;

    private readonly CueContext _context;
    private readonly CueValue _definition;
    private readonly string _name;
    private readonly SchemaOptions _options;
    private readonly bool _mayHaveBytes;
    private readonly CancellationTokenSource _timeout = new();
    private int _uses;

    public SchemaEvaluator(LoadedInstance loaded, string definition, SchemaOptions options)
    {
        _context = SchemaPackage.NewContext(loaded, options.MaxSchemaSteps, _timeout.Token);
        _definition = _context.Build(loaded.Files).Value.Lookup(definition)!;
        _name = definition;
        _options = options;
        _mayHaveBytes = Base64Fields.MayHave(loaded.Files);
    }

    /// <summary>Whether this was used often enough.</summary>
    public bool IsWorn => _uses >= MaxUses;

    /// <summary>The verdict on a document; a valid one with defaults filled in.</summary>
    public ValidationResult Check(ParseResult document, out byte[] json)
    {
        _uses++;
        json = [];
        _context.RenewBudget(_options.MaxDocumentSteps);
        _timeout.CancelAfter(_options.MaxDocumentTime);
        try
        {
            var data = _context.Build(_mayHaveBytes ? Base64Fields.Decode(document, _definition) : document);
            var value = data.Errors.Count > 0 ? null : _definition.Unify(data.Value);
            var errors = value?.Validate(concrete: true, final: true) ?? data.Errors;
            if (errors.Count == 0)
            {
                if (JsonExporter.TryExport(value!, out var text, out var error))
                {
                    json = Encoding.UTF8.GetBytes(text);
                    return ValidationResult.Valid;
                }

                errors = [error!];
            }

            // What a budget cut short may have left something unfinished behind.
            if (errors.Any(static error => error.Code == CueErrorCode.Budget))
                _uses = MaxUses;
            return ValidationResult.From([.. errors.Take(MaxErrors).Select(ToValidationError)]);
        }
        catch (Exception exception) when (exception is InsufficientExecutionStackException or OutOfMemoryException or OperationCanceledException)
        {
            _uses = MaxUses;
            return Limit(exception is OperationCanceledException ? "document takes too long to validate" : "document needs too much memory to validate");
        }
        finally
        {
            // One whose time is up stays so.
            if (!_timeout.TryReset())
                _uses = MaxUses;
        }
    }

    private ValidationResult Limit(string message) => ValidationResult.From([new ValidationError(ValidationCodes.Limit, _name, "", message)]);

    private ValidationError ToValidationError(CueError error)
    {
        if (error.Code == CueErrorCode.Budget)
            return new ValidationError(ValidationCodes.Limit, _name, "", "document needs too many steps to validate");
        var path = error.Path.Length == 0 ? _name : error.Path;
        return new ValidationError(Classify(error), path, Pointer(path), error.Message);
    }

    private static string Classify(CueError error) => error.Reason switch
    {
        CueErrorReason.Required => ValidationCodes.Required,
        CueErrorReason.NotAllowed => ValidationCodes.NotAllowed,
        _ when error.Code is CueErrorCode.Incomplete or CueErrorCode.Cycle => ValidationCodes.Incomplete,
        CueErrorReason.Conflict or CueErrorReason.ConflictingConstants => ValidationCodes.Conflict,
        _ => ValidationCodes.OutOfBound,
    };

    /// <summary>The place as an RFC 6901 JSON Pointer: the path behind the definition's name.</summary>
    private string Pointer(string path)
    {
        var below = path.Length <= _name.Length ? "" : path[(_name.Length + 1)..];
        return string.Concat(PathSyntax.Split(below).Select(static label =>
            "/" + label.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));
    }
}
