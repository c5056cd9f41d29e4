using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using DataMesh.Json;

namespace DataMesh.Validation;

/// <summary>
/// The second look at a document that the generated reader did not take at once: it is invalid, or valid in a way that
/// needs more than one forward pass, as members that occur twice, or a choice between structs.
/// </summary>
public static class Diagnosis
{
    /// <summary>The verdict of <c>cue vet -c</c>, every error with it.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="shape">What it must be.</param>
    /// <param name="definition">The definition's name, <c>#Identity</c>; every path starts with it.</param>
    public static ValidationResult Check(ReadOnlySpan<byte> utf8, Shape shape, string definition) =>
        Run(utf8, shape, definition, isTyped: false, out _);

    /// <summary>As <see cref="Check"/>; a valid document is also rewritten so that one forward pass reads it.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="shape">What it must be.</param>
    /// <param name="definition">The definition's name, <c>#Identity</c>.</param>
    /// <param name="unified">
    /// The document unified with the schema, members once each; the value of a union as <c>[case, value]</c>.
    /// For a reader in <see cref="ReadMode.Trust"/>.
    /// </param>
    public static ValidationResult Unify(ReadOnlySpan<byte> utf8, Shape shape, string definition, out ReadOnlySpan<byte> unified)
    {
        ValidationResult result = Run(utf8, shape, definition, isTyped: true, out JsonNode? node);
        unified = default;
        if (result.IsValid && node is not null)
        {
            var output = new ArrayBufferWriter<byte>(utf8.Length + 64);
            Write(new JsonWriter(output), node);
            unified = output.WrittenSpan;
        }
        return result;
    }

    /// <summary>The verdict on the text alone: whether it is JSON within the limits whose members do not contradict each other.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="definition">The definition's name, <c>#Identity</c>.</param>
    public static ValidationResult CheckText(ReadOnlySpan<byte> utf8, string definition)
    {
        var findings = new Findings();
        JsonTree.Parse(utf8, findings, out ValidationError? error);
        if (error is not null)
            return ValidationResult.From([error]);
        return findings.IsEmpty ? ValidationResult.Valid : ValidationResult.From(Findings.ToErrors(findings.Visible, definition));
    }

    /// <summary>The result for a valid document that the generated type could not take although every value fits.</summary>
    public static ValidationResult Unrepresentable(string definition) => ValidationResult.From(
        [new ValidationError(ValidationCodes.Unrepresentable, definition, "", "document is valid but the generated type cannot hold it")]);

    private static ValidationResult Run(ReadOnlySpan<byte> utf8, Shape shape, string definition, bool isTyped, out JsonNode? unified)
    {
        var findings = new Findings();
        unified = JsonTree.Parse(utf8, findings, out ValidationError? error);
        if (error is not null)
            return ValidationResult.From([error]);

        // A conflict between the document's own members hides everything else.
        if (findings.IsEmpty)
        {
            var unifier = new Unifier();
            unified = unifier.Unify(unified, shape, null, null, findings);
            if (unifier.IsOverBudget)
                return ValidationResult.From([new ValidationError(ValidationCodes.Limit, definition, "", "document needs too many steps to validate")]);
            if (findings.IsEmpty && isTyped && unified is not null)
                Representation.Check(unified, shape, null, null, findings);
        }
        ImmutableArray<Finding> visible = findings.Visible;
        return visible.IsEmpty ? ValidationResult.Valid : ValidationResult.From(Findings.ToErrors(visible, definition));
    }

    // As deep as the document, which is bounded.
    private static void Write(JsonWriter writer, JsonNode node)
    {
        if (node.UnionCase >= 0)
        {
            writer.Raw("["u8);
            writer.Number(node.UnionCase);
            writer.Raw(","u8);
        }
        switch (node.Kind)
        {
            case JsonKind.Object:
                writer.Raw("{"u8);
                for (int i = 0; i < node.Items.Count; i++)
                {
                    if (i > 0)
                        writer.Raw(","u8);
                    writer.String(node.Names[i]);
                    writer.Raw(":"u8);
                    Write(writer, node.Items[i]);
                }
                writer.Raw("}"u8);
                break;
            case JsonKind.Array:
                writer.Raw("["u8);
                for (int i = 0; i < node.Items.Count; i++)
                {
                    if (i > 0)
                        writer.Raw(","u8);
                    Write(writer, node.Items[i]);
                }
                writer.Raw("]"u8);
                break;
            case JsonKind.String:
                writer.String(node.Text);
                break;
            default:
                writer.Raw(Encoding.ASCII.GetBytes(node.Text));
                break;
        }
        if (node.UnionCase >= 0)
            writer.Raw("]"u8);
    }
}
