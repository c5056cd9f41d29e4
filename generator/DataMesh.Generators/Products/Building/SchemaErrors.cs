using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;
using DataMesh.Generators.Diagnostics;

namespace DataMesh.Generators.Products.Building;

/// <summary>The evaluator's errors as diagnostics: which id, and at which of the places that take part.</summary>
internal static class SchemaErrors
{
    /// <summary>An error found before evaluation.</summary>
    /// <param name="error">The error.</param>
    /// <param name="firstFile">The path of the file that errors without a place are shown in.</param>
    public static DiagnosticInfo Of(CueError error, string firstFile)
    {
        Position place = error.Positions.FirstOrDefault(static position => position.IsValid);
        return Of(error.Code, error.Reason, WithPath(error.Path, error.Message), place.ToRange(firstFile), default);
    }

    /// <summary>An error of the schema itself.</summary>
    public static DiagnosticInfo Of(SchemaModel model, string path, Bottom error, Position fallback)
    {
        (FileRange range, EquatableArray<FileRange> related) = Places(model, error, fallback);
        return Of(error.Code, error.Reason, WithPath(path, MessageOf(error)), range, related);
    }

    private static DiagnosticInfo Of(CueErrorCode code, CueErrorReason reason, string message, FileRange range, EquatableArray<FileRange> related) =>
        code switch
        {
            CueErrorCode.Structural => DiagnosticCatalogue.EndlessStructure(range, related, message),
            CueErrorCode.Reference => DiagnosticCatalogue.ReferenceNotFound(range, related, message),
            _ when reason == CueErrorReason.Import => DiagnosticCatalogue.ImportNotFound(range, message),
            CueErrorCode.Budget => DiagnosticCatalogue.TooComplex(range, message),
            _ when reason == CueErrorReason.RegularExpression => DiagnosticCatalogue.BadRegularExpression(range, message),
            _ when reason == CueErrorReason.NotFound => DiagnosticCatalogue.ReferenceNotFound(range, related, message),
            _ when IsConflict(code, reason) => DiagnosticCatalogue.ConflictingConstraints(range, related, message),
            _ => DiagnosticCatalogue.EvaluationFailed(range, related, message),
        };

    /// <summary>An error in an optional field, a pattern or the tail of a list, which <c>cue</c> finds no fault with.</summary>
    public static DiagnosticInfo NeverPresent(SchemaModel model, string path, Bottom error, Position fallback)
    {
        if (!IsConflict(error))
            return Of(model, path, error, fallback);
        (FileRange range, EquatableArray<FileRange> related) = Places(model, error, fallback);
        return DiagnosticCatalogue.NeverPresent(range, related, WithPath(path, MessageOf(error)));
    }

    /// <summary>An example that is not an instance of its definition; shown at the example and not at the constraint.</summary>
    /// <param name="example">The declaration of the example.</param>
    public static DiagnosticInfo Example(SchemaModel model, SyntaxNode example, string path, Bottom error)
    {
        Position place = example.Start;
        int end = EndOf(example);
        var related = new List<FileRange>();
        foreach (Position position in error.Positions)
        {
            if (position.File == place.File && position.Offset > place.Offset && position.Offset < end)
                place = position;
            else if (position.IsValid)
                related.Add(model.Range(position));
        }
        return DiagnosticCatalogue.ExampleMismatch(model.Range(place), related.ToEquatableArray(), WithPath(path, MessageOf(error)));
    }

    /// <summary>Whether the schema forbids a value on purpose: <c>_|_</c>, <c>error("...")</c>, or two constants that cannot be one.</summary>
    public static bool IsMeant(Bottom error) =>
        error.Code == CueErrorCode.User || error.Reason == CueErrorReason.ConflictingConstants;

    /// <summary>Whether constraints contradict each other.</summary>
    public static bool IsConflict(Bottom error) => IsConflict(error.Code, error.Reason);

    /// <summary>Whether a name is selected that is not there; CUE takes it for data to come, which a package never gets.</summary>
    public static bool IsAboutMissingField(Bottom error) => error.Reason == CueErrorReason.NotFound;

    private static (FileRange Range, EquatableArray<FileRange> Related) Places(SchemaModel model, Bottom error, Position fallback)
    {
        List<Position> positions = [.. error.Positions.Where(static position => position.IsValid)];
        if (positions.Count == 0)
            return (model.Range(fallback), default);
        // A package reports at its own lines first: the imported one is right by itself.
        int own = Math.Max(0, positions.FindIndex(position => position.File == fallback.File));
        return (model.Range(positions[own]), positions.Where((_, i) => i != own).Select(model.Range).ToEquatableArray());
    }

    /// <summary>Where the next declaration of the file begins.</summary>
    private static int EndOf(SyntaxNode declaration)
    {
        int start = declaration.Start.Offset;
        return declaration switch
        {
            Cue.Syntax.Field { Value: Cue.Syntax.StructLiteral { RightBrace.IsValid: true } literal } => literal.RightBrace.Offset,
            Cue.Syntax.Field field => Math.Max(start, LastOffset(field.Value)),
            _ => start,
        };
    }

    private static int LastOffset(Expression expression) => expression switch
    {
        BinaryExpression binary => LastOffset(binary.Right),
        Cue.Syntax.StructLiteral literal when literal.RightBrace.IsValid => literal.RightBrace.Offset,
        Cue.Syntax.StructLiteral { Declarations: [.., Cue.Syntax.Field last] } => LastOffset(last.Value),
        _ => expression.Start.Offset + 1,
    };

    /// <summary>One line: below the headline of a disjunction stand the reasons of its parts.</summary>
    private static string MessageOf(Bottom error) =>
        error.IsDisjunction ? error.Message + " " + string.Join("; ", error.Errors.SelectMany(static part => part.Flatten()).Select(static part => part.Message)) : error.Message;

    private static string WithPath(string path, string message) => path.Length == 0 ? message : path + ": " + message;

    private static bool IsConflict(CueErrorCode code, CueErrorReason reason) => code == CueErrorCode.User ||
        reason is CueErrorReason.Conflict or CueErrorReason.ConflictingConstants or CueErrorReason.OutOfBound or CueErrorReason.NotAllowed;
}
