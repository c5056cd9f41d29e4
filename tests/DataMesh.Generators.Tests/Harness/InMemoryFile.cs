using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DataMesh.Generators.Tests.Harness;

/// <summary>An additional file without a disk. Null text stands for a file that cannot be opened.</summary>
internal sealed class InMemoryFile(string path, SourceText? text) : AdditionalText
{
    public InMemoryFile(string path, string text)
        : this(path, SourceText.From(text, Encoding.UTF8))
    {
    }

    public override string Path => path;

    /// <summary>The <c>CueNamespace</c> metadata.</summary>
    public string? Namespace { get; init; }

    public override SourceText? GetText(CancellationToken cancellationToken = default) => text;
}
