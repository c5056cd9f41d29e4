using System.Buffers;
using DataMesh.CloudEvents;
using DataMesh.Cue.Data;
using DataMesh.Validation;

namespace DataMesh.Schemas;

/// <summary>
/// Takes documents for a definition by evaluating them with it. A document is read as JSON, by the rules of generated code
/// and with its limits, and is data from then on: nothing in it is ever evaluated.
/// </summary>
internal sealed class SchemaCodec(DataProductDescriptor descriptor, EvaluatorPool evaluators) : DataProductCodec
{
    public override DataProductDescriptor Descriptor { get; } = descriptor;

    public override bool TryTranscode(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output, out ValidationResult result)
    {
        result = Diagnosis.CheckText(utf8, Descriptor.Definition);
        if (!result.IsValid)
            return false;
        var document = DataFile.Read(DataFormat.Json, "", utf8);
        if (document.Error is { } error)
        {
            result = ValidationResult.From([new ValidationError(ValidationCodes.Syntax, "", "", error.Message)]);
            return false;
        }

        var evaluator = evaluators.Take();
        try
        {
            result = evaluator.Check(document.Documents[0], out var json);
            if (result.IsValid)
                output.Write(json);
            return result.IsValid;
        }
        finally
        {
            evaluators.Return(evaluator);
        }
    }
}
