using DataMesh.Generators.Products;
using Microsoft.CodeAnalysis;

namespace DataMesh.Generators.Diagnostics;

/// <summary>A diagnostic as a value, made by a factory of <see cref="DiagnosticCatalogue"/>.</summary>
/// <param name="Descriptor">Which of the catalogue's diagnostics.</param>
/// <param name="Range">Where it is shown.</param>
/// <param name="Related">The other places that take part: the second operand of a conflict, for one.</param>
/// <param name="Arguments">What the descriptor's message format is filled with.</param>
internal sealed record DiagnosticInfo(
    DiagnosticDescriptor Descriptor,
    FileRange Range,
    EquatableArray<FileRange> Related,
    EquatableArray<string> Arguments)
{
    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Descriptor,
        Range.ToLocation(),
        Related.Select(static range => range.ToLocation()),
        Arguments.ToArray<object?>());
}
