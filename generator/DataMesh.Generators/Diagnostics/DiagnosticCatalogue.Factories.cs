using DataMesh.Generators.Products;
using Microsoft.CodeAnalysis;

namespace DataMesh.Generators.Diagnostics;

/// <content>One factory for each descriptor, so that every use gives what its message needs.</content>
internal static partial class DiagnosticCatalogue
{
    /// <param name="message">What is wrong, in CUE's wording.</param>
    public static DiagnosticInfo SyntaxError(FileRange range, string message) => Make(Syntax, range, message);

    /// <summary><c>reference "foo" not found</c></summary>
    public static DiagnosticInfo ReferenceNotFound(FileRange range, EquatableArray<FileRange> related, string message) =>
        Make(UnresolvedReference, range, related, message);

    /// <summary><c>#Identity.Age: conflicting values number and &lt;"x"</c></summary>
    public static DiagnosticInfo ConflictingConstraints(FileRange range, EquatableArray<FileRange> related, string message) =>
        Make(Conflict, range, related, message);

    /// <summary><c>#Identity.first: invalid regular expression ...</c></summary>
    public static DiagnosticInfo BadRegularExpression(FileRange range, string message) => Make(InvalidRegularExpression, range, message);

    /// <param name="path">The field, <c>#Identity.Age</c>.</param>
    /// <param name="construct">The constraint as CUE prints it, and why it is not enforced.</param>
    public static DiagnosticInfo Unsupported(FileRange range, string path, string construct) => Make(NotEnforced, range, path, construct);

    /// <param name="first">The label of the field that has the name already, or what else has it.</param>
    /// <param name="second">The label of the field that would have it too.</param>
    /// <param name="owner">The struct, <c>#Identity</c>.</param>
    /// <param name="name">The C# name.</param>
    public static DiagnosticInfo CollidingMembers(
        FileRange range, EquatableArray<FileRange> related, string first, string second, string owner, string name) =>
        Make(MemberCollision, range, related, first, second, owner, name);

    /// <summary><c>message.Age: invalid value 140 (out of bound &lt;130)</c></summary>
    public static DiagnosticInfo ExampleMismatch(FileRange range, EquatableArray<FileRange> related, string message) =>
        Make(InvalidExample, range, related, message);

    /// <param name="message">Which limit, and where.</param>
    public static DiagnosticInfo TooComplex(FileRange range, string message) => Make(LimitExceeded, range, message);

    /// <summary><c>#B.b: structural cycle</c></summary>
    public static DiagnosticInfo EndlessStructure(FileRange range, EquatableArray<FileRange> related, string message) =>
        Make(StructuralCycle, range, related, message);

    /// <summary><c>package "example.com/x" not found</c></summary>
    public static DiagnosticInfo ImportNotFound(FileRange range, string message) => Make(UnresolvedImport, range, message);

    /// <param name="path">The file, as the compiler has it.</param>
    /// <param name="message">Why it cannot be read.</param>
    public static DiagnosticInfo FileNotReadable(string path, string message) => Make(UnreadableFile, FileRange.StartOf(path), message);

    /// <summary><c>#Identity.none: conflicting values 2 and 1</c></summary>
    public static DiagnosticInfo NeverPresent(FileRange range, EquatableArray<FileRange> related, string message) =>
        Make(UnsatisfiableField, range, related, message);

    /// <param name="message">What is wrong with the attribute.</param>
    public static DiagnosticInfo BadAttribute(FileRange range, string message) => Make(InvalidAttribute, range, message);

    /// <param name="first">What has the name already, <c>#Identity of package people</c>.</param>
    /// <param name="second">What would have it too.</param>
    /// <param name="type">The C# type.</param>
    public static DiagnosticInfo CollidingTypes(FileRange range, string first, string second, string type) =>
        Make(TypeCollision, range, first, second, type);

    /// <summary><c>#Order.total: cannot use string (type string) as number in argument 1 to math.Floor</c></summary>
    public static DiagnosticInfo EvaluationFailed(FileRange range, EquatableArray<FileRange> related, string message) =>
        Make(Evaluation, range, related, message);

    /// <param name="path">The package's first file.</param>
    /// <param name="exception">What was thrown.</param>
    public static DiagnosticInfo InternalError(string path, Exception exception) =>
        Make(Internal, FileRange.StartOf(path), exception.GetType().Name + ": " + FirstLine(exception.Message));

    private static DiagnosticInfo Make(DiagnosticDescriptor descriptor, FileRange range, params string[] arguments) =>
        new(descriptor, range, default, new EquatableArray<string>(arguments));

    private static DiagnosticInfo Make(
        DiagnosticDescriptor descriptor, FileRange range, EquatableArray<FileRange> related, params string[] arguments) =>
        new(descriptor, range, related, new EquatableArray<string>(arguments));

    private static string FirstLine(string text)
    {
        int end = text.IndexOf('\n');
        return end < 0 ? text : text.Substring(0, end).TrimEnd('\r');
    }
}
