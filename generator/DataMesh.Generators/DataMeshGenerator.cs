using Microsoft.CodeAnalysis;

namespace DataMesh.Generators;

/// <summary>Turns the <c>.cue</c> files of a project into typed data products.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class DataMeshGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
    }
}
