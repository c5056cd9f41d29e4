using Microsoft.CodeAnalysis;

namespace DataMesh.Generators.Diagnostics;

/// <summary>
/// Every diagnostic of the generator: the descriptor, and the one factory that makes it. Each id has a section in
/// <c>docs/diagnostics.md</c> and a line in the release tracking files.
/// </summary>
internal static partial class DiagnosticCatalogue
{
    /// <summary>In the package and in the repository.</summary>
    private const string HelpLinkBase = "docs/diagnostics.md#";

    private const string Category = "DataMesh.Schema";

    public static readonly DiagnosticDescriptor Syntax = new(
        "DM0001",
        "CUE syntax error",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The file is not a CUE file as the language specification has it.",
        HelpLinkBase + "dm0001",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnresolvedReference = new(
        "DM0002",
        "Unresolved reference",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A name is used that is not in scope, or a field is selected that a closed struct or a package does not have.",
        HelpLinkBase + "dm0002",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor Conflict = new(
        "DM0003",
        "Conflicting constraints",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The constraints on one value contradict each other, so that nothing can satisfy them.",
        HelpLinkBase + "dm0003",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor InvalidRegularExpression = new(
        "DM0004",
        "Invalid regular expression",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The pattern is not a regular expression in RE2's syntax.",
        HelpLinkBase + "dm0004",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NotEnforced = new(
        "DM0005",
        "Constraint is not enforced yet",
        "{0} is not enforced yet: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The schema is valid CUE, but the generator cannot turn this constraint into C# that enforces all of it. It is never dropped silently.",
        HelpLinkBase + "dm0005",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor MemberCollision = new(
        "DM0006",
        "Member names collide",
        "Fields '{0}' and '{1}' of {2} would both become the member '{3}'; name one of them with @cs(Name)",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Two fields of a struct map to the same C# member name, or a field maps to a name that the generated record needs for itself.",
        HelpLinkBase + "dm0006",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor InvalidExample = new(
        "DM0007",
        "Example does not match its definition",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A value of the package that is unified with a definition is not a valid instance of it.",
        HelpLinkBase + "dm0007",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor LimitExceeded = new(
        "DM0008",
        "Schema is too complex",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Compiling the schema took more depth or steps than the compiler grants.",
        HelpLinkBase + "dm0008",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor StructuralCycle = new(
        "DM0009",
        "Structural cycle",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A definition requires an instance of itself within itself, so that every instance would be infinite.",
        HelpLinkBase + "dm0009",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnresolvedImport = new(
        "DM0010",
        "Import cannot be resolved",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The imported package is neither a supported standard package nor among the project's .cue files.",
        HelpLinkBase + "dm0010",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnreadableFile = new(
        "DM0011",
        "Schema file cannot be read",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The file is missing, cannot be opened, or is not UTF-8.",
        HelpLinkBase + "dm0011",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnsatisfiableField = new(
        "DM0012",
        "Optional field can never be present",
        "{0}; write _|_ to forbid the field on purpose",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "CUE accepts an optional field whose constraints contradict each other and rejects every instance that has it. That is seldom meant.",
        HelpLinkBase + "dm0012");

    public static readonly DiagnosticDescriptor InvalidAttribute = new(
        "DM0013",
        "Invalid @cs attribute",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The attribute that names or types a C# member is malformed, or asks for what the generator cannot give.",
        HelpLinkBase + "dm0013",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor TypeCollision = new(
        "DM0014",
        "Type names collide",
        "{0} and {1} would both become the type '{2}'; name one of them with @cs(Name)",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Two definitions map to the same C# type.",
        HelpLinkBase + "dm0014",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor Evaluation = new(
        "DM0015",
        "Schema cannot be evaluated",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "An expression of the schema has no value: an operator or a function was given what it does not take.",
        HelpLinkBase + "dm0015",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor Internal = new(
        "DM0099",
        "Internal error of the generator",
        "The generator failed on this package and generated nothing for it: {0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The generator met a case that it does not handle. The schema may be right.",
        HelpLinkBase + "dm0099",
        WellKnownDiagnosticTags.NotConfigurable);
}
