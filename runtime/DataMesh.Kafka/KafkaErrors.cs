using Confluent.Kafka;
using DataMesh.Channels;

namespace DataMesh.Kafka;

/// <summary>What the client's error codes mean to the user of a channel.</summary>
internal static class KafkaErrors
{
    public static ChannelException AppendFailed(Error error, Exception? inner = null)
    {
        ChannelFailure failure = OfAppend(error);
        string what = failure switch
        {
            ChannelFailure.TooLarge => "The record is too large for Kafka",
            ChannelFailure.Rejected => "Kafka refuses the record",
            ChannelFailure.Closed => "The Kafka producer failed for good",
            _ => "Kafka did not acknowledge the record",
        };
        return new ChannelException(failure, $"{what}: {error.Reason} ({error.Code}).", inner ?? new KafkaException(error));
    }

    /// <summary>The reason why reading cannot go on, or null for an error that the client gets over by itself.</summary>
    /// <param name="error">What the consumer reported.</param>
    /// <param name="inGroup">Whether the reader is a member of a group; one that is not needs no access to it.</param>
    public static ChannelException? ReadFailed(Error error, bool inGroup)
    {
        ChannelFailure? failure = error.Code switch
        {
            _ when error.IsFatal => ChannelFailure.Closed,
            ErrorCode.Local_AutoOffsetReset or ErrorCode.OffsetOutOfRange => ChannelFailure.OutOfRange,
            ErrorCode.TopicAuthorizationFailed or ErrorCode.TopicException => ChannelFailure.Rejected,
            ErrorCode.GroupAuthorizationFailed when inGroup => ChannelFailure.Rejected,
            _ => null,
        };
        return failure is { } reason
            ? new ChannelException(reason, $"Kafka gives no records: {error.Reason} ({error.Code}).", new KafkaException(error))
            : null;
    }

    private static ChannelFailure OfAppend(Error error) => error.Code switch
    {
        _ when error.IsFatal => ChannelFailure.Closed,
        // What was still in the queue when a fatal error emptied it.
        ErrorCode.Local_Fatal or ErrorCode.Local_PurgeQueue => ChannelFailure.Closed,
        ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge => ChannelFailure.TooLarge,
        ErrorCode.TopicAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed or ErrorCode.TransactionalIdAuthorizationFailed
            or ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition
            or ErrorCode.TopicException or ErrorCode.InvalidRecord or ErrorCode.InvalidRequiredAcks or ErrorCode.InvalidTimestamp
            or ErrorCode.PolicyViolation or ErrorCode.UnsupportedForMessageFormat or ErrorCode.Local_InvalidArg
            or ErrorCode.Local_Fenced => ChannelFailure.Rejected,
        _ => ChannelFailure.Unacknowledged,
    };
}
