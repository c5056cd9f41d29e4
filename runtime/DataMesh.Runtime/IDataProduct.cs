using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace DataMesh;

/// <summary>
/// A type that the generator made from a CUE definition. Everything the runtime does with events goes through these
/// members, so neither reflection nor a run-time schema is needed.
/// </summary>
/// <typeparam name="TSelf">The generated type itself.</typeparam>
public interface IDataProduct<TSelf>
    where TSelf : IDataProduct<TSelf>
{
    /// <summary>What is known of the product before any value exists: names, CloudEvents attributes, OpenAPI.</summary>
    static abstract DataProductDescriptor Descriptor { get; }

    /// <summary>Reads one JSON document. Errors are those of <c>cue vet -c</c>, all of them, in its wording.</summary>
    /// <param name="utf8">The document, UTF-8, without byte order mark.</param>
    /// <param name="value">The typed value when the document is valid.</param>
    /// <param name="result">Every error found; <see cref="ValidationResult.Valid"/> when there is none.</param>
    static abstract bool TryParse(ReadOnlySpan<byte> utf8, [MaybeNullWhen(false)] out TSelf value, out ValidationResult result);

    /// <summary>The verdict of <see cref="TryParse"/> without building the value.</summary>
    static abstract ValidationResult Validate(ReadOnlySpan<byte> utf8);

    /// <summary>Checks a value that was built in C#.</summary>
    ValidationResult Validate();

    /// <summary>Writes the value as one JSON document, UTF-8, members in the schema's order.</summary>
    void WriteTo(IBufferWriter<byte> output);
}
